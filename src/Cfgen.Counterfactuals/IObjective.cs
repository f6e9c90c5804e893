namespace Cfgen.Counterfactuals;

/// <summary>What a search climbs, and its only door to the networks.</summary>
public interface IObjective
{
    /// <summary>Synthesises the code, classifies the image, and differentiates the score.</summary>
    /// <param name="ws">The latent codes, [num_ws, w_dim] row by row. In W all rows are equal, and the gradient is still asked for
    /// each.</param>
    /// <param name="cancellationToken">Stops a long evaluation.</param>
    /// <exception cref="OperationCanceledException">The evaluation was stopped.</exception>
    Evaluation Evaluate(ReadOnlySpan<float> ws, CancellationToken cancellationToken);

    /// <summary>
    /// Classifies the evaluated image as it will be saved: rounding to 8 bits may lose what the networks' own output has. Asked only where
    /// that output crosses the threshold.
    /// </summary>
    /// <param name="evaluation">What <see cref="Evaluate"/> said.</param>
    /// <param name="cancellationToken">Stops a long run.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    Verdict Classify(Evaluation evaluation, CancellationToken cancellationToken);

    /// <summary>
    /// p(target) of the evaluated image as it will be saved under views besides those that are searched with: what holds there too was
    /// not found by exploiting the others. Empty where there are none.
    /// </summary>
    /// <param name="evaluation">What <see cref="Evaluate"/> said.</param>
    /// <param name="cancellationToken">Stops a long run.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    IReadOnlyList<double> ClassifyElsewhere(Evaluation evaluation, CancellationToken cancellationToken);
}
