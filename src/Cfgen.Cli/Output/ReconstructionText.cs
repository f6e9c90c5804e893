using System.Globalization;

namespace Cfgen.Cli.Output;

/// <summary>How well the generator shows an image, in words.</summary>
static class ReconstructionText
{
    /// <summary>Such as <c>PSNR 26.0 dB, SSIM 0.952, decision kept</c>.</summary>
    public static string Of(ReconstructionRecord r)
    {
        string psnr = r.Psnr is { } decibels ? string.Create(CultureInfo.InvariantCulture, $"PSNR {decibels:0.0} dB") : "equal to the image";
        string decision = r.DecisionKept switch { true => ", decision kept", false => ", decision not kept", null => "" };
        return string.Create(CultureInfo.InvariantCulture, $"{psnr}, SSIM {r.Ssim:0.000}{decision}");
    }
}
