using Cfgen.Counterfactuals;

namespace Cfgen.Explanations;

/// <summary>An objective whose start was evaluated before, so that it is not run a second time.</summary>
/// <param name="objective">The objective.</param>
/// <param name="start">The code, [num_ws, w_dim].</param>
/// <param name="evaluation">What the objective said of it.</param>
sealed class StartObjective(IObjective objective, ReadOnlyMemory<float> start, Evaluation evaluation) : IObjective
{
    /// <inheritdoc/>
    public Evaluation Evaluate(ReadOnlySpan<float> ws, CancellationToken cancellationToken) =>
        ws.SequenceEqual(start.Span) ? evaluation : objective.Evaluate(ws, cancellationToken);

    /// <inheritdoc/>
    public Verdict Classify(Evaluation evaluation, CancellationToken cancellationToken) =>
        objective.Classify(evaluation, cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<double> ClassifyElsewhere(Evaluation evaluation, CancellationToken cancellationToken) =>
        objective.ClassifyElsewhere(evaluation, cancellationToken);
}
