namespace Cfgen.Counterfactuals;

/// <summary>The constants of Adam.</summary>
/// <remarks>
/// Named as in Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015), with the defaults given there but for the learning rate.
/// </remarks>
public sealed record AdamOptions
{
    /// <summary>Step size alpha: about how far each parameter moves in one step while its gradient keeps its sign. Above 0.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>How much of the running mean of the gradient is kept. In [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How much of the running mean of the squared gradient is kept. In [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Keeps the division finite. Above 0. Gradients much smaller than this hardly move anything.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>
    /// Whether one second moment, the running mean of |g|^2, serves all parameters: v is then a number, and a step is
    /// <c>alpha sqrt(n) m / sqrt(v)</c> for n parameters. Its root mean square is that of Adam as published, but it keeps the direction of
    /// m.
    /// </summary>
    public bool OneSecondMoment { get; init; }

    /// <summary>Checks every constant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A constant is out of its range; the exception names the property.</exception>
    public void Validate()
    {
        Require(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "a finite number above 0");
        Require(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "at least 0 and below 1");
        Require(Beta2 is >= 0 and < 1, nameof(Beta2), Beta2, "at least 0 and below 1");
        Require(Epsilon > 0 && double.IsFinite(Epsilon), nameof(Epsilon), Epsilon, "a finite number above 0");
    }

    static void Require(bool holds, string name, double value, string expected)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}.");
    }
}
