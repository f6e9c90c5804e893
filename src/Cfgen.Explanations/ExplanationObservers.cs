using Cfgen.Counterfactuals;
using Cfgen.Imaging;

namespace Cfgen.Explanations;

/// <summary>Several observers as one; each is told in the order given.</summary>
/// <param name="observers">Those that are told.</param>
public sealed class ExplanationObservers(params IReadOnlyList<IExplanationObserver> observers) : IExplanationObserver
{
    /// <summary>Tells nobody.</summary>
    public static IExplanationObserver None { get; } = new ExplanationObservers();

    /// <inheritdoc/>
    public void Stage(ExplanationStage stage, int steps) => Each(o => o.Stage(stage, steps));

    /// <inheritdoc/>
    public void Target(NamedClass target) => Each(o => o.Target(target));

    /// <inheritdoc/>
    public void InversionStep(int stepsTaken, double loss) => Each(o => o.InversionStep(stepsTaken, loss));

    /// <inheritdoc/>
    public void SearchStep(SearchStep searchStep, PixelImage? image) => Each(o => o.SearchStep(searchStep, image));

    /// <inheritdoc/>
    public void Warning(string message) => Each(o => o.Warning(message));

    /// <inheritdoc/>
    public void Detail(string message) => Each(o => o.Detail(message));

    /// <inheritdoc/>
    public void GraphsNotKept(string message) => Each(o => o.GraphsNotKept(message));

    void Each(Action<IExplanationObserver> tell)
    {
        foreach (IExplanationObserver observer in observers) tell(observer);
    }
}
