using System.Numerics.Tensors;

namespace Cfgen.Counterfactuals;

/// <summary>What the phases of one search share: where codes are evaluated, and what came of it.</summary>
/// <param name="objective">What is asked.</param>
/// <param name="options">When a view holds.</param>
/// <param name="coordinates">Of u.</param>
/// <param name="penalty">Of codes that are not typical; null for the plain one.</param>
/// <param name="startWs">Where the search starts, [num_ws, w_dim].</param>
/// <param name="priorAtStart">Whether the plain penalty is that of the way from the start, because nothing else is known.</param>
/// <param name="path">Takes in every step.</param>
/// <param name="observe">Told of every step as soon as it is evaluated.</param>
/// <param name="cancellationToken">Handed on to the objective.</param>
sealed class SearchTrail(
    IObjective objective, SearchOptions options, SearchCoordinates coordinates, ILatentPenalty? penalty, float[] startWs,
    bool priorAtStart, SearchPath path, Action<SearchStep>? observe, CancellationToken cancellationToken)
{
    readonly double[] _start = coordinates.FromWs(startWs);
    readonly double[] _origin = priorAtStart ? coordinates.FromWs(startWs) : new double[coordinates.Length];
    readonly List<double[]> _codes = [];
    ILatentPenalty? _penalty = penalty;

    /// <summary>Where the search starts, [rows, w_dim].</summary>
    public ReadOnlySpan<double> Start => _start;

    /// <summary>What codes pay that are not typical.</summary>
    public ILatentPenalty Penalty => _penalty ??= new PlainPenalty(_origin, coordinates.Rows);

    /// <summary>The step whose weakest view lies farthest ahead, the first of equal ones; null before the first.</summary>
    public SearchPoint? Best { get; private set; }

    /// <summary>The nearest step that reached the target; null where none has.</summary>
    public SearchPoint? Nearest { get; private set; }

    /// <summary>Where a step was, [rows, w_dim].</summary>
    public double[] CodesOf(int step) => _codes[step];

    /// <summary>Evaluates the start.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public SearchPoint Begin() => Add(_start, startWs, -1, SearchPhase.Ascent, elsewhere: false);

    /// <summary>Evaluates codes and makes them the next step.</summary>
    /// <param name="u">[rows, w_dim]; kept.</param>
    /// <param name="parent">Index of the step that it comes from.</param>
    /// <param name="phase">Who asks.</param>
    /// <param name="elsewhere">Whether it is only reached if it holds under views besides those searched with.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public SearchPoint Move(double[] u, int parent, SearchPhase phase, bool elsewhere = false) =>
        Add(u, coordinates.ToWs(u), parent, phase, elsewhere);

    SearchPoint Add(double[] u, float[] ws, int parent, SearchPhase phase, bool elsewhere)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Evaluation evaluation = objective.Evaluate(ws, cancellationToken);
        if (evaluation.Gradient.Length != ws.Length)
        {
            throw new InvalidOperationException(
                $"The objective gave a gradient of {evaluation.Gradient.Length} numbers for codes of {ws.Length}.");
        }
        Verdict? verdict = evaluation.Views.All(options.Crosses) ? objective.Classify(evaluation, cancellationToken) : null;
        double[] gradient = coordinates.PullBack(evaluation.Gradient.Span);
        SearchStep step = new(
            path.Rows.Count, ws, evaluation, Math.Sqrt(coordinates.SquaredDistance(u, _start)),
            Math.Sqrt(coordinates.SquaredDistance(u, _origin)), TensorPrimitives.Norm<double>(gradient), verdict, parent, phase);
        if (IsReached(step) && (!elsewhere || HoldsElsewhere(evaluation))) step = step with { IsReached = true };
        SearchPoint point = new(
            step, u, gradient, evaluation.Score - options.PriorWeight * Penalty.Value(u), options.Weakest(evaluation.Views));
        _codes.Add(u);
        path.Add(step);
        observe?.Invoke(step);
        if (Best is null || point.Weakest > Best.Weakest) Best = point;
        if (step.IsReached && (Nearest is null || step.Distance < Nearest.Step.Distance)) Nearest = point;
        return point;
    }

    /// <summary>Whether the image that will be saved is what was searched for: away from a class, another one has to win as well.</summary>
    bool IsReached(SearchStep step) =>
        step is { IsFinite: true, Verdict: { } saved } && saved.Views.All(options.Crosses)
        && !(options.Direction is SearchDirection.Decrease && saved.IsTarget);

    bool HoldsElsewhere(Evaluation evaluation) => objective.ClassifyElsewhere(evaluation, cancellationToken).All(options.Crosses);
}
