namespace Cfgen.Counterfactuals;

/// <summary>What a search pays for codes that are not typical.</summary>
public interface ILatentPenalty
{
    /// <summary>The penalty of u [rows, w_dim], at least 0: the mean over the rows, so that equal codes pay the same in W and in
    /// W+.</summary>
    double Value(ReadOnlySpan<double> u);

    /// <summary>d penalty / du, [rows, w_dim].</summary>
    double[] Slope(ReadOnlySpan<double> u);
}
