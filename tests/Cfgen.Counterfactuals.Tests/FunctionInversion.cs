namespace Cfgen.Counterfactuals.Tests;

/// <summary>
/// An inversion objective given as a function of one code in double precision; keeps how many codes it was asked about at a time.
/// </summary>
sealed class FunctionInversion(Func<double[], (double Loss, double[] Gradient)> function) : IInversionObjective
{
    /// <summary>Codes of each call.</summary>
    public List<int> Batches { get; } = [];

    /// <summary>loss = |ws - target|^2, and the image is the code.</summary>
    public static FunctionInversion Quadratic(params double[] target) =>
        new(ws => (ws.Zip(target, (x, t) => (x - t) * (x - t)).Sum(), [.. ws.Zip(target, (x, t) => 2 * (x - t))]));

    public IReadOnlyList<InversionEvaluation> Evaluate(IReadOnlyList<float[]> codes, CancellationToken cancellationToken)
    {
        Batches.Add(codes.Count);
        return [.. codes.Select(Of)];
    }

    InversionEvaluation Of(float[] ws)
    {
        (double loss, double[] gradient) = function([.. ws.Select(x => (double)x)]);
        return new(loss, gradient.Select(x => (float)x).ToArray(), ws.ToArray());
    }
}
