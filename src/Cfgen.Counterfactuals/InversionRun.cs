using System.Numerics.Tensors;

namespace Cfgen.Counterfactuals;

/// <summary>One start of an inversion, where it has come to, and the best that it has seen.</summary>
sealed class InversionRun
{
    /// <summary>Adam's beta2. The loss falls by orders of magnitude within tens of steps: a longer memory of the first, steep ones would
    /// hold back the later ones.</summary>
    const double Beta2 = 0.8;

    readonly InversionOptions _options;
    readonly SearchCoordinates _coordinates;
    readonly double _priorWeight;
    readonly PlainPenalty _prior;
    AdamState _state;
    double[] _gradient = [];     // of what is made small, turned uphill
    double[] _best;

    /// <param name="index">Which start this is.</param>
    /// <param name="start">Its code, [num_ws, w_dim].</param>
    /// <param name="distribution">The scale and the centre of the latent codes.</param>
    /// <param name="coordinates">The numbers that are moved.</param>
    /// <param name="options">How to move.</param>
    public InversionRun(int index, ReadOnlySpan<float> start, LatentDistribution distribution, SearchCoordinates coordinates,
        InversionOptions options)
    {
        (_options, _coordinates, Index) = (options, coordinates, index);
        _best = coordinates.FromWs(start);
        _prior = new(distribution.HasStatistics ? new double[_best.Length] : _best, coordinates.Rows);
        _priorWeight = options.PriorWeight / distribution.Dimension;
        _state = AdamState.At(_best);
        Ws = start.ToArray();
        BestWs = Ws;
    }

    /// <summary>Which start this is.</summary>
    public int Index { get; }

    /// <summary>The code to evaluate next, [num_ws, w_dim].</summary>
    public float[] Ws { get; private set; }

    /// <summary>Whether loss and gradient have been finite so far.</summary>
    public bool IsFinite { get; private set; } = true;

    /// <summary>Loss of the start; not a number before it was evaluated.</summary>
    public double StartLoss { get; private set; } = double.NaN;

    /// <summary>The smallest loss plus prior so far.</summary>
    public double BestValue { get; private set; } = double.PositiveInfinity;

    /// <summary>The code that had it, [num_ws, w_dim].</summary>
    public float[] BestWs { get; private set; }

    /// <summary>What the objective said of that code; null before anything finite.</summary>
    public InversionEvaluation? BestEvaluation { get; private set; }

    /// <summary>How far that code is from where the prior is measured from.</summary>
    public double BestLength => Math.Sqrt(_prior.Value(_best));

    /// <summary>Takes in what the objective says of <see cref="Ws"/>.</summary>
    public void Take(InversionEvaluation evaluation)
    {
        if (double.IsNaN(StartLoss)) StartLoss = evaluation.Loss;
        ReadOnlySpan<double> u = _state.Parameters.Span;
        _gradient = _coordinates.PullBack(evaluation.Gradient.Span);
        double value = evaluation.Loss + _priorWeight * _prior.Value(u);
        IsFinite = double.IsFinite(value) && double.IsFinite(TensorPrimitives.Norm<double>(_gradient));
        if (!IsFinite) return;
        if (value < BestValue) (BestValue, _best, BestWs, BestEvaluation) = (value, u.ToArray(), Ws, evaluation);
        for (int i = 0; i < _gradient.Length; i++) _gradient[i] = -_gradient[i];
        double[] pull = _prior.Slope(u);
        for (int i = 0; i < _gradient.Length; i++) _gradient[i] -= _priorWeight * pull[i];
    }

    /// <summary>Moves one step of a run of so many.</summary>
    public void Move(int step, int steps)
    {
        AdamOptimizer adam = new(new AdamOptions
        {
            Beta2 = Beta2,
            LearningRate = LearningRateSchedule.At(_options.LearningRate, step, steps),
        });
        _state = adam.Step(_state, _gradient);
        Ws = _coordinates.ToWs(_state.Parameters.Span);
    }

    /// <summary>Goes back to the best code, with Adam as before its first step.</summary>
    public void Restart() => (_state, Ws) = (AdamState.At(_best), BestWs);
}
