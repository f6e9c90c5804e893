namespace Cfgen.EndToEnd.Tests;

/// <summary>What the build put beside these tests.</summary>
static class Built
{
    /// <summary>The program.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "cfgen.exe" : "cfgen");

    /// <summary>The default bundle.</summary>
    public static string Digits { get; } = Path.Combine(AppContext.BaseDirectory, "models", "digits");

    /// <summary>The path of a sample, such as <c>four-1.png</c>.</summary>
    public static string Sample(string name) => Path.Combine(AppContext.BaseDirectory, "samples", name);
}
