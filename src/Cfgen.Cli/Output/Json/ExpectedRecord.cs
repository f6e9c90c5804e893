using System.ComponentModel;
using Cfgen.Cli.Results;

namespace Cfgen.Cli.Output.Json;

/// <summary>A picture known to come from a network, compared with the same of the imported one.</summary>
sealed record ExpectedRecord
{
    [Description("The picture.")]
    public required InputRecord Image { get; init; }

    [Description("What it is a picture of, such as seed 0, psi 0.7.")]
    public required string Request { get; init; }

    [Description("Mean absolute difference, in levels of 8 bits.")]
    public required double MeanDifference { get; init; }

    [Description("Largest absolute difference, in levels of 8 bits.")]
    public required int MaxDifference { get; init; }

    [Description("Mean difference up to which they are taken for the same.")]
    public required double Tolerance { get; init; }

    [Description("Whether they are.")]
    public required bool Agrees { get; init; }
}
