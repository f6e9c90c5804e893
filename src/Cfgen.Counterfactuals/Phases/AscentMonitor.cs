namespace Cfgen.Counterfactuals;

/// <summary>Notices when an ascent with a capped pull has come to a halt, and the whole pull should have its turn.</summary>
sealed class AscentMonitor
{
    /// <summary>Steps that an ascent may take.</summary>
    const int MostSteps = 25;

    /// <summary>So many steps have to bring a gain.</summary>
    const int Patience = 6;

    /// <summary>What counts as a gain, in nats of the weakest view's probability on its way.</summary>
    const double Gain = 1e-3;

    readonly List<double> _best = [];

    /// <summary>Takes in one more step, and says whether the ascent has come to a halt.</summary>
    /// <param name="weakest">How far the view is that lies farthest back: p(target), or 1 - p away from it.</param>
    public bool HasHalted(double weakest)
    {
        double logarithm = Math.Log(Math.Max(weakest, double.Epsilon));
        _best.Add(_best.Count == 0 ? logarithm : Math.Max(_best[^1], logarithm));
        int steps = _best.Count - 1;
        return steps >= MostSteps || steps >= Patience && _best[^1] - _best[^(Patience + 1)] <= Gain;
    }
}
