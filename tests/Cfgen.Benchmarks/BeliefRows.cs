using System.Globalization;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Views;

namespace Cfgen.Benchmarks;

/// <summary>Kinds of search as words: <c>new,threshold=0.75,weight=0.2,all</c>.</summary>
static class BeliefRows
{
    /// <summary>Runs the search that a row names.</summary>
    public static string Run(BeliefMeasurement measurement, string row)
    {
        SearchOptions options = new() { Threshold = 0.95 };
        (ViewSet views, bool byClass, bool all) = (ViewSet.Default, true, false);
        foreach (string word in row.Split(','))
        {
            string[] parts = word.Split('=');
            double Number() => double.Parse(parts[1], CultureInfo.InvariantCulture);
            switch (parts[0])
            {
                case "new": break;
                case "old":
                    options = options with
                    {
                        StepRule = StepRule.Adam,
                        LearningRate = 0.1,
                        MaxSteps = 100,
                        CapsPull = false,
                        FocusesViews = false,
                    };
                    (views, byClass) = (ViewSet.None, false);
                    break;
                case "threshold": options = options with { Threshold = Number() }; break;
                case "weight": options = options with { PriorWeight = Number() }; break;
                case "rate": options = options with { LearningRate = Number() }; break;
                case "steps": options = options with { MaxSteps = (int)Number() }; break;
                case "approach": options = options with { ApproachSteps = (int)Number() }; break;
                case "views": views = ViewsFile.Read(parts[1]); break;
                case "noviews": views = ViewSet.None; break;
                case "plain": byClass = false; break;
                case "nocap": options = options with { CapsPull = false }; break;
                case "nofocus": options = options with { FocusesViews = false }; break;
                case "adam": options = options with { StepRule = StepRule.Adam }; break;
                case "all": all = true; break;
                default: throw new ArgumentException($"'{word}' is no part of a search", nameof(row));
            }
        }
        return measurement.Run(row, options, views, byClass, all);
    }
}
