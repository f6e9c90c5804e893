using System.Numerics.Tensors;

namespace Cfgen.Counterfactuals;

/// <summary>One start of an inversion, where it has come to, and the best that it has seen.</summary>
sealed class InversionRun
{
    /// <summary>Adam's beta2. The loss falls by orders of magnitude within tens of steps: a longer memory of the first, steep ones would
    /// hold back the later ones.</summary>
    const double Beta2 = 0.8;

    readonly InversionOptions options;
    readonly SearchCoordinates coordinates;
    readonly double priorWeight;
    readonly PlainPenalty prior;
    AdamState state;
    double[] gradient = [];     // of what is made small, turned uphill
    double[] best;

    /// <param name="index">Which start this is.</param>
    /// <param name="start">Its code, [num_ws, w_dim].</param>
    /// <param name="distribution">The scale and the centre of the latent codes.</param>
    /// <param name="coordinates">The numbers that are moved.</param>
    /// <param name="options">How to move.</param>
    public InversionRun(int index, ReadOnlySpan<float> start, LatentDistribution distribution, SearchCoordinates coordinates,
        InversionOptions options)
    {
        (this.options, this.coordinates, Index) = (options, coordinates, index);
        best = coordinates.FromWs(start);
        prior = new(distribution.HasStatistics ? new double[best.Length] : best, coordinates.Rows);
        priorWeight = options.PriorWeight / distribution.Dimension;
        state = AdamState.At(best);
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
    public double BestLength => Math.Sqrt(prior.Value(best));

    /// <summary>Takes in what the objective says of <see cref="Ws"/>.</summary>
    public void Take(InversionEvaluation evaluation)
    {
        if (double.IsNaN(StartLoss)) StartLoss = evaluation.Loss;
        ReadOnlySpan<double> u = state.Parameters.Span;
        gradient = coordinates.PullBack(evaluation.Gradient.Span);
        double value = evaluation.Loss + priorWeight * prior.Value(u);
        IsFinite = double.IsFinite(value) && double.IsFinite(TensorPrimitives.Norm<double>(gradient));
        if (!IsFinite) return;
        if (value < BestValue) (BestValue, best, BestWs, BestEvaluation) = (value, u.ToArray(), Ws, evaluation);
        for (int i = 0; i < gradient.Length; i++) gradient[i] = -gradient[i];
        double[] pull = prior.Slope(u);
        for (int i = 0; i < gradient.Length; i++) gradient[i] -= priorWeight * pull[i];
    }

    /// <summary>Moves one step of a run of so many.</summary>
    public void Move(int step, int steps)
    {
        AdamOptimizer adam = new(new AdamOptions
        {
            Beta2 = Beta2,
            LearningRate = LearningRateSchedule.At(options.LearningRate, step, steps),
        });
        state = adam.Step(state, gradient);
        Ws = coordinates.ToWs(state.Parameters.Span);
    }

    /// <summary>Goes back to the best code, with Adam as before its first step.</summary>
    public void Restart() => (state, Ws) = (AdamState.At(best), BestWs);
}
