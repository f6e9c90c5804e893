using CliWrap;
using CliWrap.Buffered;

namespace Cfgen.EndToEnd.Tests;

/// <summary>
/// A residual network of 18 layers trained on ImageNet, as the package <c>Microsoft.ML.DnnImageFeaturizer.ResNet18</c> (MIT) ships it:
/// opset 8, one picture [1, 3, 224, 224] to 512 features
/// [1, 512, 1, 1], which stand for classes here.
/// </summary>
static class ResNet18
{
    const string Package = "Microsoft.ML.DnnImageFeaturizer.ResNet18", Version = "0.23.1";

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    static readonly string s_packages =
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    static string Model => Path.Combine(s_packages, Package.ToLowerInvariant(), Version, "tools", "DnnImageModels", "ResNet18Onnx",
        "ResNet18.onnx");

    /// <summary>The model's path. It is fetched where it is not there yet; the test is skipped where it cannot be.</summary>
    /// <param name="folder">For a project that asks for the package.</param>
    public static async Task<string> Fetch(string folder)
    {
        if (File.Exists(Model)) return Model;
        string project = Path.Combine(folder, "fetch.csproj");
        await File.WriteAllTextAsync(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageDownload Include="{Package}" Version="[{Version}]" /></ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
        string reason = await Restore(project);
        if (!File.Exists(Model)) Assert.Skip($"the package {Package} {Version} cannot be fetched here: {reason}");
        return Model;
    }

    static async Task<string> Restore(string project)
    {
        using CancellationTokenSource net = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        net.CancelAfter(s_patience);
        try
        {
            Command restore = new Command("dotnet").WithArguments(["restore", project]).WithValidation(CommandResultValidation.None);
            return (await restore.ExecuteBufferedAsync(net.Token)).StandardOutput;
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return "no answer in time";
        }
    }
}
