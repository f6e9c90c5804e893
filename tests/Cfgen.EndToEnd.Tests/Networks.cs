namespace Cfgen.EndToEnd.Tests;

/// <summary>Small network files that PyTorch wrote.</summary>
static class Networks
{
    /// <summary>StyleGAN3-T of 64 x 64 pixels in colour, w of 32 numbers.</summary>
    public static string Colour { get; } = File("t64");

    /// <summary>StyleGAN3-T of 32 x 32 pixels in gray, of four classes.</summary>
    public static string ConditionalGray { get; } = File("t32-conditional-gray");

    /// <summary>What the digits' generator is imported from.</summary>
    public static string Digits { get; } = Path.Combine(Repository.Root, "models", "digits", "generator.pkl");

    static string File(string name) => Path.Combine(Repository.Root, "tests", "Cfgen.StyleGan.Tests", "Fixtures", name, "network.pkl");
}
