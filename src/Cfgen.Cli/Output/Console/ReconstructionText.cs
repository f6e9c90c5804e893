using System.Globalization;
using Cfgen.Cli.Results;

namespace Cfgen.Cli.Output.Console;

/// <summary>How well the generator shows an image, in words.</summary>
static class ReconstructionText
{
    /// <summary>Such as <c>PSNR 26.0 dB, SSIM 0.952, decision kept</c>.</summary>
    public static string Of(ReconstructionRecord r) => Likeness(r) + Decision(r);

    /// <summary>How like the image it is, such as <c>PSNR 26.0 dB, SSIM 0.952</c>.</summary>
    public static string Likeness(ReconstructionRecord r)
    {
        string psnr =
            r.Psnr is { } decibels ? string.Create(CultureInfo.InvariantCulture, $"PSNR {decibels:0.0} dB") : "equal to the image";
        return string.Create(CultureInfo.InvariantCulture, $"{psnr}, SSIM {r.Ssim:0.000}");
    }

    /// <summary>Whether the classifier says the same of it, after a comma; nothing where there is no classifier.</summary>
    public static string Decision(ReconstructionRecord r) =>
        r.DecisionKept switch { true => ", decision kept", false => ", decision not kept", null => "" };
}
