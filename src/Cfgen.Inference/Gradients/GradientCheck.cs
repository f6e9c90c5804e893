using System.Numerics.Tensors;
using Cfgen.Counterfactuals.Numerics;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Gradients;

/// <summary>
/// Compares a gradient with differences of what it is the gradient of: at random points x, with a random cotangent c, the
/// gradient of f = &lt;c, y&gt; times a random direction v against (f(x + h v) - f(x - h v)) / 2h.
/// </summary>
/// <remarks>
/// In single precision a large step suffers from curvature and kinks, a small one from rounding: a few are tried and the best counts.
/// Where none agrees, as in a deep network of rectifiers, whose kinks are closer together than any step that single precision can
/// take, the difference is compared with the mean of the gradient along the whole step: the two are equal whatever kinks lie on it.
/// A wrong gradient agrees with neither.
/// </remarks>
public static class GradientCheck
{
    /// <summary>Steps tried, as shares of the point's length.</summary>
    static readonly double[] s_steps = [1e-2, 3e-3, 1e-3, 5e-4, 3e-4, 1e-4];

    /// <summary>Places along a step at which the gradient is taken for its mean.</summary>
    const int PathSamples = 32;

    /// <summary>Compares.</summary>
    /// <param name="gradient">A gradient file with a cotangent, as <see cref="GradientFile.Build"/> makes it. Not changed.</param>
    /// <param name="made">What it was made with, as <see cref="GradientFile.Resolve"/> fills it in.</param>
    /// <param name="name">What to call the model in errors, usually its path.</param>
    /// <param name="settings">How thoroughly.</param>
    /// <param name="cancellationToken">Stops it between two operators.</param>
    /// <exception cref="ModelContractException">
    /// The model does not run, has an input that no values can be drawn for, or gives no finite numbers.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static GradientCheckResult Run(
        ModelProto gradient, GradientSettings made, string name, GradientCheckSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        RandomState random = new((uint)settings.Seed);
        using CheckedModel model = new(gradient, made, name, settings.Session);
        List<DirectionCheck> checks = [];
        for (int point = 1; point <= settings.Points; point++)
        {
            (Dictionary<string, double[]> x, double[] y, long[] shape) =
                settings.At is { } at ? Given(model, at, name, cancellationToken) : Draw(model, random, name, cancellationToken);
            double[] cotangent = random.Normal(y.Length);
            double[] slope = model.Gradient(x, cotangent, shape, cancellationToken);
            double here = TensorPrimitives.Dot<double>(y, cotangent);
            double resolution = model.Rounding * y.Zip(cotangent, (value, weight) => Math.Abs(value * weight)).Sum() / (2 * s_steps[0]);
            double length = Length(model.Varied, x);
            for (int direction = 1; direction <= settings.Directions; direction++)
            {
                double[] v = random.Normal(slope.Length);
                TensorPrimitives.Multiply(v, length / TensorPrimitives.Norm<double>(v), v);
                double along = TensorPrimitives.Dot<double>(slope, v);
                // What the derivative is along a typical direction: one that is nearly level by chance asks for no more precision than
                // another.
                double typical = TensorPrimitives.Norm<double>(slope) * length / Math.Sqrt(slope.Length);
                Difference[] differences = [.. s_steps.Select(h => Difference.Of(h, along, typical, here, At(h), At(-h)))];
                Difference best = differences.MinBy(d => d.Error);
                if (best.Error > settings.Tolerance)
                {
                    // Of steps short enough for the samples to follow the gradient and long enough for rounding not to matter.
                    Difference path =
                        s_steps[1..4].Select(h => Difference.Of(h, Mean(h), typical, here, At(h), At(-h))).MinBy(d => d.Error);
                    if (path.Error < best.Error) best = path;
                }
                checks.Add(new(
                    point, direction, best.Gradient, best.Central, best.Step, best.Error, differences.Min(d => d.OneSidedGap), resolution,
                    settings.Tolerance));

                double Mean(double h)
                {
                    double sum = 0;
                    for (int k = 0; k < PathSamples; k++)
                        sum += TensorPrimitives.Dot<double>(model.Gradient(
                            Moved(x, model.Varied, v, h * ((2 * k + 1.0) / PathSamples - 1)), cotangent, shape, cancellationToken), v);
                    return sum / PathSamples;
                }

                double At(double h) =>
                    TensorPrimitives.Dot<double>(model.Evaluate(Moved(x, model.Varied, v, h), cancellationToken).Values, cotangent);
            }
        }
        return new(checks);
    }

    /// <summary>
    /// A point of standard normal numbers; where the model gives no finite numbers there, as behind a logarithm, one of numbers from 0 to
    /// 1.
    /// </summary>
    static (Dictionary<string, double[]> X, double[] Y, long[] Shape) Draw(
        CheckedModel model, RandomState random, string name, CancellationToken cancellationToken)
    {
        Func<int, double[]>[] ways = [n => random.Normal(n), n => [.. Enumerable.Range(0, n).Select(_ => random.NextUniform())]];
        foreach (Func<int, double[]> way in ways)
        {
            Dictionary<string, double[]> x = model.Inputs.Where(i => i.IsReal).ToDictionary(i => i.Name, i => way(i.Length));
            (double[] y, long[] shape) = model.Evaluate(x, cancellationToken);
            if (y.All(double.IsFinite)) return (x, y, shape);
        }
        throw NotFinite(name, "random inputs", "for standard normal inputs and for inputs from 0 to 1");
    }

    static (Dictionary<string, double[]> X, double[] Y, long[] Shape) Given(
        CheckedModel model, IReadOnlyDictionary<string, double[]> at, string name, CancellationToken cancellationToken)
    {
        Dictionary<string, double[]> x = new(at);
        (double[] y, long[] shape) = model.Evaluate(x, cancellationToken);
        return y.All(double.IsFinite) ? (x, y, shape) : throw NotFinite(name, "the given inputs", "among the outputs");
    }

    static ModelContractException NotFinite(string name, string where, string when) =>
        new(new("output-not-finite", $"the model gives no finite numbers at {where}")
        {
            Where = name,
            Found = $"not-a-number or infinity, {when}",
            Fix = "check it behind the layer that needs special inputs, with --wrt or as a model of its own",
        });

    /// <summary>Length of the point, which steps are shares of; for one of zeros that of a standard normal one.</summary>
    static double Length(IReadOnlyList<CheckedInput> varied, Dictionary<string, double[]> x)
    {
        double length = Math.Sqrt(varied.Sum(i => TensorPrimitives.SumOfSquares<double>(x[i.Name])));
        return length > 0 ? length : Math.Sqrt(varied.Sum(i => i.Length));
    }

    static Dictionary<string, double[]> Moved(Dictionary<string, double[]> x, IReadOnlyList<CheckedInput> varied, double[] v, double h)
    {
        Dictionary<string, double[]> moved = new(x);
        int at = 0;
        foreach (CheckedInput input in varied)
        {
            double[] values = new double[input.Length];
            TensorPrimitives.MultiplyAdd<double>(v.AsSpan(at, values.Length), h, x[input.Name], values);
            moved[input.Name] = values;
            at += values.Length;
        }
        return moved;
    }

    /// <summary>What one step says.</summary>
    readonly record struct Difference(double Step, double Gradient, double Central, double Error, double OneSidedGap)
    {
        public static Difference Of(double step, double along, double typical, double here, double ahead, double behind)
        {
            double central = (ahead - behind) / (2 * step);
            double gap = Math.Abs(ahead - 2 * here + behind) / step;
            // A gradient that is no number is an error of its own, and must not make a kink of the differences.
            double scale = double.MaxNumber(typical, double.MaxNumber(Math.Abs(along), Math.Abs(central)));
            return new(step, along, central, Share(Math.Abs(central - along), scale), Share(gap, scale));
        }

        // Nothing of nothing is no error; a comparison with what is no number is the largest.
        static double Share(double part, double whole) =>
            part == 0 ? 0 : double.IsFinite(part / whole) ? part / whole : double.PositiveInfinity;
    }
}
