using Cfgen.Descriptors;
using CsvHelper;

namespace Cfgen.Cli.Results;

/// <summary>A line of <c>importances.csv</c>: how far one descriptor moved.</summary>
/// <param name="Descriptor">Its name.</param>
/// <param name="Unit">Its unit, for the three numbers that follow.</param>
/// <param name="Before">Value on the reconstruction.</param>
/// <param name="After">Value on the counterfactual.</param>
/// <param name="Importance">After less before.</param>
/// <param name="Standardised">Importance in standard deviations over reference images; empty where they are not known.</param>
[CsvRecord]
sealed partial record ImportanceRow(
    [property: CsvColumn("descriptor")] string Descriptor,
    [property: CsvColumn("unit")] string Unit,
    [property: CsvColumn("before")] double Before,
    [property: CsvColumn("after")] double After,
    [property: CsvColumn("importance")] double Importance,
    [property: CsvColumn("standardised")] double? Standardised)
{
    /// <summary>The row of a change.</summary>
    public static ImportanceRow Of(LocalImportance i) => new(i.Name, i.Unit, i.Before, i.After, i.Importance, i.Standardised);
}
