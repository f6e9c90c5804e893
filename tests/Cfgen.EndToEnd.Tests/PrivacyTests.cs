namespace Cfgen.EndToEnd.Tests;

/// <summary>What a run leaves on the machine, besides its result: nothing but graphs in its own cache.</summary>
public sealed class PrivacyTests : IDisposable
{
    /// <summary>Variables by which the runtime knows a build machine, where it keeps its telemetry off by itself.</summary>
    static readonly string[] s_signsOfBuildMachines =
    [
        "CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "CIRCLECI", "TRAVIS", "JENKINS_URL",
        "CODEBUILD_BUILD_ID", "BUILDKITE", "TEAMCITY_VERSION", "APPVEYOR", "BITBUCKET_BUILD_NUMBER",
    ];

    readonly Workplace _place = new();

    public PrivacyTests()
    {
        foreach (string variable in s_signsOfBuildMachines) _place.Unset(variable);
        foreach (string variable in new[] { "ORT_DISABLE_TELEMETRY", "CFGEN_CACHE", "XDG_CACHE_HOME" }) _place.Unset(variable);
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Nothing_but_the_own_cache_is_in_the_home_folder()
    {
        string home = Directory.CreateDirectory(_place["home"]).FullName;
        _place.Set("HOME", home);
        ProgramRun run = await Explain();
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Equal([Path.Combine(home, ".cache")], Directory.EnumerateFileSystemEntries(home));
        Assert.Equal([Path.Combine(home, ".cache", "cfgen")], Directory.EnumerateFileSystemEntries(Path.Combine(home, ".cache")));
    }

    [Fact]
    public async Task A_user_who_asked_for_telemetry_gets_none_either()
    {
        _place.Set("ORT_DISABLE_TELEMETRY", "0");
        _place.Set("HOME", Directory.CreateDirectory(_place["home"]).FullName);
        Assert.Equal(0, (await Explain("--no-cache")).Exit);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_place["home"]));
    }

    [Fact]
    public async Task The_runtime_is_not_heard_where_it_can_keep_nothing()
    {
        _place.Set("HOME", "/dev/null");
        ProgramRun run = await Explain("--no-cache");
        Assert.Equal((0, ""), (run.Exit, run.Error));
    }

    Task<ProgramRun> Explain(params string[] options) =>
        _place.Run(["explain", "four-1.png", "--target-class", "9", "--out", "nine", "--quiet", .. options]);
}
