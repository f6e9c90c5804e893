using Cfgen.Counterfactuals;
using Cfgen.Imaging;

namespace Cfgen.Explanations.Tests;

/// <summary>Writes down all that an observer is told.</summary>
sealed class Recorder : IExplanationObserver
{
    public List<string> Events { get; } = [];

    public List<string> Warnings { get; } = [];

    /// <summary>Called at each step of the search.</summary>
    public Action<SearchStep> AtStep { get; init; } = _ => { };

    public void Stage(ExplanationStage stage, int steps) => Events.Add($"{stage} {steps}");

    public void Target(NamedClass target) => Events.Add($"target {target.Name}");

    public void InversionStep(int stepsTaken, double loss)
    {
        if (Events[^1] != "inversion steps") Events.Add("inversion steps");
    }

    public void SearchStep(SearchStep searchStep, PixelImage? image)
    {
        Events.Add($"step {searchStep.Index}{(image is null ? " without image" : "")}");
        AtStep(searchStep);
    }

    public void Warning(string message) => Warnings.Add(message);
}
