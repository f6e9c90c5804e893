namespace Cfgen.Counterfactuals.Tests;

/// <summary>Objectives whose best code or whose path is known.</summary>
static class Objectives
{
    /// <summary>score = -|ws - target|^2 / 2, with a probability that never reaches anything.</summary>
    public static FunctionObjective Quadratic(params double[] target) => new(ws =>
    {
        double[] gradient = [.. ws.Zip(target, (x, t) => t - x)];
        return (-gradient.Sum(g => g * g) / 2, 0.5, gradient);
    });

    /// <summary>
    /// score = sign * slope . ws and p = sigmoid(slope . ws): the gradient is the same everywhere, so each step of Adam is exactly its
    /// learning rate long.
    /// </summary>
    public static FunctionObjective Logistic(double sign, params double[] slope) => new(ws =>
    {
        double logit = ws.Zip(slope, (x, s) => x * s).Sum();
        return (sign * logit, 1 / (1 + Math.Exp(-logit)), [.. slope.Select(s => sign * s)]);
    });

    /// <summary>score = log sigmoid(slope . ws) with its true gradient, which fades as the probability grows.</summary>
    public static FunctionObjective LogProbability(params double[] slope) => new(ws =>
    {
        double logit = ws.Zip(slope, (x, s) => x * s).Sum();
        double p = 1 / (1 + Math.Exp(-logit));
        return (Math.Log(p), p, [.. slope.Select(s => (1 - p) * s)]);
    });

    /// <summary>Answers evaluation i with entry i, whatever the code.</summary>
    public static FunctionObjective Scripted(params (double Score, double Probability, double[] Gradient)[] answers)
    {
        int next = 0;
        return new(_ => answers[next++]);
    }
}
