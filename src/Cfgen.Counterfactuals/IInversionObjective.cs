namespace Cfgen.Counterfactuals;

/// <summary>What an inversion descends, and its only door to the networks: how far what the generator makes of a code is from one
/// picture.</summary>
public interface IInversionObjective
{
    /// <summary>Synthesises each code, compares with the picture, and differentiates the loss. No code knows of the others.</summary>
    /// <param name="codes">The latent codes of each row, [num_ws, w_dim] row by row. In W all layers are equal, and the gradient is still
    /// asked for each.</param>
    /// <param name="cancellationToken">Stops a long evaluation.</param>
    /// <returns>One evaluation a code, in their order.</returns>
    /// <exception cref="OperationCanceledException">The evaluation was stopped.</exception>
    IReadOnlyList<InversionEvaluation> Evaluate(IReadOnlyList<float[]> codes, CancellationToken cancellationToken);
}
