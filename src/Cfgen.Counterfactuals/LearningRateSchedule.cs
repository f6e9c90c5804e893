namespace Cfgen.Counterfactuals;

/// <summary>The learning rate over a run: up in a straight line, then down along half a cosine, so that the last steps settle what the
/// first ones found.</summary>
/// <remarks>The fall is that of Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts" (2017), without
/// restarts.</remarks>
static class LearningRateSchedule
{
    /// <summary>The rise takes this share of the run: Adam's first steps are as long as its later ones, but know one gradient
    /// only.</summary>
    const double WarmUp = 0.1;

    /// <summary>The rate of a step, above 0.</summary>
    /// <param name="largest">Where the rise ends.</param>
    /// <param name="step">From 0.</param>
    /// <param name="steps">Of the whole run, more than <paramref name="step"/>.</param>
    public static double At(double largest, int step, int steps)
    {
        double rise = Math.Min(1, (step + 1) / (WarmUp * steps));
        return largest * rise * (1 + Math.Cos(Math.PI * step / steps)) / 2;
    }
}
