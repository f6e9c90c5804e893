namespace Cfgen.Counterfactuals;

/// <summary>Which F with F F^T = covariance makes the whitened coordinates.</summary>
/// <remarks>They differ by a rotation of u, which Adam, working on each coordinate alone, can feel.</remarks>
enum WhiteningFactor
{
    /// <summary>V sqrt(L) V^T: the coordinates of u stay as close to those of w as whitening allows, and no eigenvector's arbitrary sign matters.</summary>
    SymmetricRoot,

    /// <summary>V sqrt(L): each coordinate of u is one principal direction.</summary>
    ScaledEigenvectors,
}
