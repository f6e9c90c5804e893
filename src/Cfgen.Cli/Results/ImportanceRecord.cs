using System.ComponentModel;
using Cfgen.Cli.Output.Json;
using Cfgen.Descriptors;
using CsvHelper;

namespace Cfgen.Cli.Results;

/// <summary>How far one descriptor moved from the reconstruction to the counterfactual: a line of <c>importances.csv</c>.</summary>
/// <param name="Descriptor">Its name.</param>
/// <param name="Unit">Its unit, for the three numbers that follow.</param>
/// <param name="Before">Value on the reconstruction.</param>
/// <param name="After">Value on the counterfactual.</param>
/// <param name="Importance">After less before.</param>
/// <param name="Standardised">Importance in standard deviations over reference images.</param>
[CsvRecord]
sealed partial record ImportanceRecord(
    [property: CsvColumn("descriptor"), Description("Name of the descriptor.")] string Descriptor,
    [property: CsvColumn("unit"), Description("Unit of before, after and importance.")] string Unit,
    [property: CsvColumn("before"), Description("Value on the reconstruction; null where it is not a finite number.")] double? Before,
    [property: CsvColumn("after"), Description("Value on the counterfactual; null where it is not a finite number.")] double? After,
    [property: CsvColumn("importance"), Description("After less before; null where it is not a finite number.")] double? Importance,
    [property: CsvColumn("standardised")]
    [property: Description("Importance in standard deviations over reference images; null where they are not known.")]
    double? Standardised)
{
    /// <summary>The record of a change.</summary>
    public static ImportanceRecord Of(LocalImportance i) => new(
        i.Name, i.Unit, Finite.OrNull(i.Before), Finite.OrNull(i.After), Finite.OrNull(i.Importance),
        i.Standardised is { } z ? Finite.OrNull(z) : null);
}
