using Cfgen.Counterfactuals;
using Cfgen.Imaging;

namespace Cfgen.Explanations;

/// <summary>Told how an explanation comes about, in order and on the thread that makes it. What it throws ends the explanation.</summary>
public interface IExplanationObserver
{
    /// <summary>What is done next.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="steps">The most steps of an inversion or a search; else 0.</param>
    void Stage(ExplanationStage stage, int steps) { }

    /// <summary>The class that the search will move towards or away from is known.</summary>
    void Target(NamedClass target) { }

    /// <summary>A step of the inversion was taken.</summary>
    /// <param name="stepsTaken">How many were, from 0.</param>
    /// <param name="loss">The smallest loss plus prior so far.</param>
    void InversionStep(int stepsTaken, double loss) { }

    /// <summary>A step of the search was evaluated.</summary>
    /// <param name="searchStep">The step.</param>
    /// <param name="image">Its image as it is saved; null where a value of it is not a number.</param>
    void SearchStep(SearchStep searchStep, PixelImage? image) { }

    /// <summary>Something that whoever asked for the explanation should know.</summary>
    void Warning(string message) { }

    /// <summary>Something for who wants to know in detail.</summary>
    void Detail(string message) { }

    /// <summary>Graphs that were built could not be kept.</summary>
    void GraphsNotKept(string message) { }
}
