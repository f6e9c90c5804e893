using Cfgen.Counterfactuals;
using CsvHelper;

namespace Cfgen.Cli.Results;

/// <summary>A line of <c>trajectory.csv</c>: one step of the search. It has no clock, so that a rerun gives the same bytes.</summary>
/// <param name="Step">Moves so far; 0 is the reconstruction.</param>
/// <param name="Score">The objective.</param>
/// <param name="Probability">p(target).</param>
/// <param name="Distance">From the reconstruction's code, in standard deviations of the latent codes or, where their distribution is not
/// known, in code units.</param>
/// <param name="Mahalanobis">From the mean of the latent codes, in standard deviations; empty where their distribution is not
/// known.</param>
/// <param name="GradientNorm">Length of the gradient of the score.</param>
/// <param name="WeakestView">p(target) under the view that lies farthest back.</param>
/// <param name="Parent">The step that this one moved from: the one before or, where the search went back, the best one; empty of the
/// first.</param>
/// <param name="Phase">ascent; pull where the ascent had halted; bisection and approach on the way to a nearer answer.</param>
[CsvRecord]
sealed partial record TrajectoryRow(
    [property: CsvColumn("step")] int Step,
    [property: CsvColumn("score")] double Score,
    [property: CsvColumn("probability")] double Probability,
    [property: CsvColumn("distance")] double Distance,
    [property: CsvColumn("mahalanobis")] double? Mahalanobis,
    [property: CsvColumn("gradient_norm")] double GradientNorm,
    [property: CsvColumn("weakest_view")] double WeakestView,
    [property: CsvColumn("parent")] int? Parent,
    [property: CsvColumn("phase")] string Phase)
{
    /// <summary>The row of a step.</summary>
    public static TrajectoryRow Of(SearchPathRow r) =>
        new(r.Step, r.Score, r.Probability, r.Distance, r.Mahalanobis, r.GradientNorm, r.WeakestView, r.Parent,
            r.Phase.ToString().ToLowerInvariant());
}
