using Cfgen.Inference.Runtime;

namespace Cfgen.Inference.Gradients;

/// <summary>How thoroughly a gradient is compared with differences.</summary>
public sealed record GradientCheckSettings
{
    /// <summary>Random points, at least 1; 3 by default: a rule that is wrong is wrong nearly everywhere.</summary>
    public int Points { get; init; } = 3;

    /// <summary>
    /// The numbers of every real input, row major: the one point to check at, with another cotangent for each of <see cref="Points"/>;
    /// null, the default, for random points.
    /// </summary>
    public IReadOnlyDictionary<string, double[]>? At { get; init; }

    /// <summary>Random directions at each point, at least 1; 5 by default.</summary>
    public int Directions { get; init; } = 5;

    /// <summary>Seed of all that is random, at least 0. The same seed draws the same points and directions.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Largest relative error that counts as agreement, above 0; 0.02 by default, which differences in single precision reach and a wrong
    /// rule does not.
    /// </summary>
    public double Tolerance { get; init; } = 0.02;

    /// <summary>How the networks are run.</summary>
    public SessionSettings Session { get; init; } = new();
}
