using System.Runtime.CompilerServices;

namespace Cfgen.Counterfactuals;

/// <summary>How an inversion moves and when it ends.</summary>
public sealed record InversionOptions
{
    /// <summary>Moves of Adam, those of the short runs included. At least 1.</summary>
    public int Steps { get; init; } = 300;

    /// <summary>Where there are several starts, all of them take this many steps, at most half of all, before the best alone goes on. At
    /// least 0, which compares the starts themselves.</summary>
    public int ScreeningSteps { get; init; } = 50;

    /// <summary>Adam's largest learning rate: about how far each coordinate moves in one step, in standard deviations of the latent
    /// distribution. Above 0.</summary>
    public double LearningRate { get; init; } = 0.15;

    /// <summary>
    /// Weight of staying where the generator was trained: <c>loss + PriorWeight * r2 / w_dim</c> is made small, where r2 is the squared
    /// Mahalanobis length of the code, in W+ its mean over the layers. Divided by w_dim, since r2 is about that for a code of the
    /// distribution: such a code pays the weight, whatever the generator. At least 0.
    /// </summary>
    public double PriorWeight { get; init; } = 1e-5;

    /// <summary>One code for all layers, or one for each.</summary>
    public LatentSpace Space { get; init; } = LatentSpace.W;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the exception names the property.</exception>
    public void Validate()
    {
        Require(Steps >= 1, Steps, "at least 1");
        Require(ScreeningSteps >= 0, ScreeningSteps, "at least 0");
        Require(LearningRate > 0 && double.IsFinite(LearningRate), LearningRate, "a finite number above 0");
        Require(PriorWeight >= 0 && double.IsFinite(PriorWeight), PriorWeight, "a finite number of at least 0");
        Require(Enum.IsDefined(Space), Space, "a defined space");
    }

    static void Require<T>(bool holds, T value, string expected, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}.");
    }
}
