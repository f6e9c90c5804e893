using System.Numerics.Tensors;

namespace Cfgen.Counterfactuals.Phases;

/// <summary>
/// Back towards the start along the boundary: what of the way back does not lower the score, and where that leaves a view behind a little
/// uphill.
/// </summary>
/// <param name="tries">Codes that are evaluated at most.</param>
/// <remarks>A projected gradient descent of the distance on the set of codes under which every view holds.</remarks>
sealed class ApproachPhase(int tries) : ISearchPhase
{
    /// <summary>Share of the way back that is tried first.</summary>
    const double FirstShare = 0.5;

    /// <summary>A shorter part of the way is not worth a run of the networks.</summary>
    const double LeastShare = 0.05;

    /// <summary>How far uphill a try is mended, in lengths of its own move.</summary>
    const double Mending = 0.25;

    /// <inheritdoc/>
    public SearchOutcome? Run(SearchTrail trail)
    {
        if (trail.Nearest is not { } at) return null;
        int left = tries;
        for (double share = FirstShare; share >= LeastShare && left > 0;)
        {
            double[] back = AlongBoundary(at, trail.Start);
            double length = share * TensorPrimitives.Norm<double>(back);
            if (length == 0) return null;
            SearchPoint point = Try(Moved(at.U, back, share), at);
            double slope = TensorPrimitives.Norm<double>(point.Gradient);
            if (!point.Step.IsReached && left > 0 && slope > 0 && double.IsFinite(slope))
                point = Try(Moved(point.U, point.Gradient, Mending * length / slope), point);
            if (point.Step.IsReached && point.Step.Distance < at.Step.Distance) at = point;
            else share /= 2;
        }
        return null;

        SearchPoint Try(double[] u, SearchPoint from)
        {
            left--;
            return trail.Move(u, from.Step.Index, SearchPhase.Approach, elsewhere: true);
        }
    }

    /// <summary>The way back to the start without the part of it that goes down the score.</summary>
    static double[] AlongBoundary(SearchPoint at, ReadOnlySpan<double> start)
    {
        double[] back = Moved(start, at.U, -1);
        double down = TensorPrimitives.Dot<double>(back, at.Gradient), square = TensorPrimitives.SumOfSquares<double>(at.Gradient);
        return down < 0 && square > 0 ? Moved(back, at.Gradient, -down / square) : back;
    }

    static double[] Moved(ReadOnlySpan<double> from, double[] by, double share)
    {
        double[] moved = new double[by.Length];
        TensorPrimitives.MultiplyAdd(by, share, from, moved);
        return moved;
    }
}
