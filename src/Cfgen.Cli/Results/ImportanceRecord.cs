using System.ComponentModel;
using Cfgen.Cli.Output.Json;
using Cfgen.Descriptors;

namespace Cfgen.Cli.Results;

/// <summary>How far one descriptor moved from the reconstruction to the counterfactual.</summary>
sealed record ImportanceRecord
{
    [Description("Name of the descriptor.")]
    public required string Descriptor { get; init; }

    [Description("Unit of before, after and importance.")]
    public required string Unit { get; init; }

    [Description("Value on the reconstruction; null where it is not a finite number.")]
    public required double? Before { get; init; }

    [Description("Value on the counterfactual; null where it is not a finite number.")]
    public required double? After { get; init; }

    [Description("After less before; null where it is not a finite number.")]
    public required double? Importance { get; init; }

    [Description("Importance in standard deviations over reference images; null where they are not known.")]
    public required double? Standardised { get; init; }

    /// <summary>The record of a change.</summary>
    public static ImportanceRecord Of(LocalImportance i) => new()
    {
        Descriptor = i.Name,
        Unit = i.Unit,
        Before = Finite.OrNull(i.Before),
        After = Finite.OrNull(i.After),
        Importance = Finite.OrNull(i.Importance),
        Standardised = i.Standardised is { } z ? Finite.OrNull(z) : null,
    };
}
