using System.ComponentModel;
using Cfgen.Explanations;

namespace Cfgen.Cli.Results;

/// <summary>The difference between the image and what the generator makes of its code, pixel values from 0 to 1.</summary>
sealed record ReconstructionRecord
{
    [Description("Mean squared error.")]
    public required double Mse { get; init; }

    [Description("Peak signal-to-noise ratio in decibels; null where the pictures are equal.")]
    public required double? Psnr { get; init; }

    [Description("Mean absolute error.")]
    public required double L1 { get; init; }

    [Description("Structural similarity of the pictures as saved, up to 1 for equal ones.")]
    public required double Ssim { get; init; }

    [Description("Whether the classifier gives the reconstruction the class of the image; null where there is no classifier.")]
    public required bool? DecisionKept { get; init; }

    /// <summary>The record of an error, and of what the classifier makes of it.</summary>
    public static ReconstructionRecord Of(ReconstructionError error, bool? decisionKept) =>
        new() { Mse = error.Mse, Psnr = error.Psnr, L1 = error.L1, Ssim = error.Ssim, DecisionKept = decisionKept };
}
