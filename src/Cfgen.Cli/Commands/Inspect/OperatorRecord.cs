using System.ComponentModel;

namespace Cfgen.Cli.Commands.Inspect;

/// <summary>Whether an operator of a model can be differentiated.</summary>
sealed record OperatorRecord
{
    [Description("Its name, behind its domain where that is not the standard one.")]
    public required string Operator { get; init; }

    [Description("How often the model uses it.")]
    public required int Nodes { get; init; }

    [Description("Whether there is a gradient rule for it.")]
    public required bool HasRule { get; init; }

    [Description(
        "Whether it is a loop, a branch or an operator that stands for others, which replace it where they are known before the model "
            + "runs; it needs no rule then.")]
    public required bool IsReplaced { get; init; }
}
