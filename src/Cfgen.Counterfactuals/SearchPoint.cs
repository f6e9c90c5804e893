namespace Cfgen.Counterfactuals;

/// <summary>A step with what only the search needs of it.</summary>
/// <param name="Step">What everybody is told.</param>
/// <param name="U">The whitened codes, [rows, w_dim].</param>
/// <param name="Gradient">d score / du, [rows, w_dim].</param>
/// <param name="Value">What is maximised: the score less the weighted penalty.</param>
/// <param name="Weakest">How far the view is on its way that lies farthest back, in [0, 1].</param>
sealed record SearchPoint(SearchStep Step, double[] U, double[] Gradient, double Value, double Weakest);
