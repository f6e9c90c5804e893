namespace Cfgen.EndToEnd.Tests;

/// <summary>Bundles that are not whole or not right.</summary>
public sealed class BundleTests : IDisposable
{
    readonly Workplace _place = new();
    readonly BundleCopy _bundle;

    public BundleTests() => _bundle = new(_place["bundle"]);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task No_such_bundle()
    {
        Refusal refusal = await _place.Refused("bundle-missing", "explain", "four-1.png", "--bundle", "castings");
        Assert.Equal((_place["castings"], "no such folder"), (refusal.Where, refusal.Found));
    }

    [Fact]
    public async Task A_file_is_missing()
    {
        File.Delete(_bundle["encoder.onnx"]);
        Refusal refusal = await Refused("bundle-file-missing");
        Assert.Equal(_bundle["encoder.onnx"], refusal.Where);
    }

    [Fact]
    public async Task A_file_is_not_the_one_described()
    {
        await File.AppendAllTextAsync(_bundle["encoder.onnx"], "more", TestContext.Current.CancellationToken);
        Refusal refusal = await Refused("bundle-hash-wrong");
        Assert.Equal(_bundle["encoder.onnx"], refusal.Where);
        Assert.Matches("^SHA-256 [0-9a-f]{64}$", refusal.Found);
        Assert.Matches("^SHA-256 [0-9a-f]{64}$", refusal.Expected);
        Assert.NotEqual(refusal.Found, refusal.Expected);
    }

    [Fact]
    public async Task The_manifest_is_not_json()
    {
        _bundle.Edit("\"width\": 32,", "\"width\": 32;");
        Refusal refusal = await Refused("manifest-not-json");
        Assert.Equal($"{_bundle["model.json"]}, line 6, column 16", refusal.Where);
    }

    [Fact]
    public async Task The_manifest_has_an_unknown_key()
    {
        _bundle.Edit("\"background\":", "\"backround\":");
        Refusal refusal = await Refused("manifest-key-unknown");
        Assert.Equal(("'image.backround'", "did you mean 'background'?"), (refusal.Found, refusal.Fix));
    }

    async Task<Refusal> Refused(string code)
    {
        Refusal refusal = await _place.Refused(code, "explain", "four-1.png", "--bundle", "bundle");
        Assert.NotNull(refusal.Fix);
        return refusal;
    }
}
