using Cfgen.Counterfactuals;

namespace Cfgen.Explanations.Tests;

/// <summary>
/// A generator whose image [1, 2, 2] is its code [1, 2] in the first row over black, an encoder that reads the code off the image, and a
/// classifier
/// of three classes with the logits 4 w0, 4 w1 and 0: all of it in formulas, with the true gradient.
/// </summary>
sealed class FakeNetworks : IExplanationNetworks
{
    const float Slope = 4;

    int _evaluations;
    int _classifications;

    public int NumWs => 1;

    public int Classes => 3;

    public bool HasLabels { get; init; }

    public bool HasEncoder { get; init; } = true;

    public bool CanInvert { get; init; } = true;

    public bool EncodesEveryLayer { get; init; }

    public IReadOnlyList<string> Views { get; } = ["identity"];

    public NetworkNames Names { get; } = new("generator.onnx", "encoder.onnx", "generator.onnx with classifier.onnx");

    /// <summary>Added to the code that the encoder finds.</summary>
    public float EncoderError { get; init; }

    /// <summary>What becomes of the n-th evaluation, from 0.</summary>
    public Func<int, Evaluation, Evaluation> Change { get; init; } = (_, evaluation) => evaluation;

    /// <summary>What the search is told of an image as it is saved; null is the truth.</summary>
    public Func<double, double>? Saved { get; init; }

    public int Evaluations => _evaluations;

    /// <summary>Images classified by the explainer itself, without verdicts.</summary>
    public int Classifications => _classifications;

    /// <summary>The evaluation with another probability of the target.</summary>
    public static Evaluation With(Evaluation evaluation, double probability) =>
        evaluation with { Probability = probability, Views = [probability] };

    public float[] Classify(ReadOnlyMemory<float> image, string name, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _classifications);
        cancellationToken.ThrowIfCancellationRequested();
        return Probabilities(image.Span);
    }

    public float[] Encode(ReadOnlyMemory<float> image, CancellationToken cancellationToken) =>
        [image.Span[0] + EncoderError, image.Span[1] + EncoderError];

    public IInversionObjective InversionObjectiveFor(ReadOnlyMemory<float> image) => new Inversion(image);

    public IObjective ObjectiveFor(int targetClass) => new Objective(this, targetClass);

    public void Dispose()
    {
    }

    static float[] Probabilities(ReadOnlySpan<float> image)
    {
        double[] powers = [Math.Exp(Slope * image[0]), Math.Exp(Slope * image[1]), 1];
        return [.. powers.Select(power => (float)(power / powers.Sum()))];
    }

    sealed class Objective(FakeNetworks networks, int target) : IObjective
    {
        public Evaluation Evaluate(ReadOnlySpan<float> ws, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] image = [ws[0], ws[1], -1, -1];
            float[] p = Probabilities(image);
            float[] gradient = [.. Enumerable.Range(0, 2).Select(k => Slope * ((k == target ? 1 : 0) - p[k]))];
            int index = Interlocked.Increment(ref networks._evaluations) - 1;
            return networks.Change(index, new(Math.Log(p[target]), p[target], gradient, image));
        }

        public Verdict Classify(Evaluation evaluation, CancellationToken cancellationToken)
        {
            float[] p = Probabilities(evaluation.Image.Span);
            return new(networks.Saved is { } saved ? saved(p[target]) : p[target], Array.IndexOf(p, p.Max()) == target);
        }

        public IReadOnlyList<double> ClassifyElsewhere(Evaluation evaluation, CancellationToken cancellationToken) => [];
    }

    sealed class Inversion(ReadOnlyMemory<float> image) : IInversionObjective
    {
        public IReadOnlyList<InversionEvaluation> Evaluate(IReadOnlyList<float[]> codes, CancellationToken cancellationToken) =>
            [.. codes.Select(ws =>
            {
                float[] difference = [ws[0] - image.Span[0], ws[1] - image.Span[1]];
                return new InversionEvaluation(
                    difference.Sum(d => d * d), difference.Select(d => 2 * d).ToArray(), new[] { ws[0], ws[1], -1, -1 });
            })];
    }
}
