namespace Cfgen.StyleGan.Pickles;

/// <summary>What a person can do about a file that cannot be imported.</summary>
static class Fixes
{
    public const string CopyAgain = "copy or download the file again";

    public const string Publisher =
        "use a network file from a publisher that you trust, in the layout of the StyleGAN2 or StyleGAN3 repositories";
}
