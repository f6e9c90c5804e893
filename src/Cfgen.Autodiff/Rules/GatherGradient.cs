namespace Cfgen.Autodiff.Rules;

/// <summary>y = x taken at constant indices along an axis: dx = dy put back there, added up where an index comes twice.</summary>
static class GatherGradient
{
    public static string?[] Rule(GradientContext n)
    {
        int rank = n.Shape(0).Count, axis = n.Axis(absent: 0, rank);
        long length = n.FixedLength(0, axis);
        long[] positions = [.. n.ConstantLongs(1).Select(i => i < 0 ? i + length : i)];
        int indexRank = n.Shape(1).Count;
        string dy = indexRank switch
        {
            0 => n.Ops.Unsqueeze(n.OutputGradient, axis),
            1 => n.OutputGradient,
            _ => throw n.Refuse($"indices of rank {indexRank}", "a scalar or a vector of indices"),
        };
        return [Placement.Along(n, dy, axis, rank, positions, length)];
    }
}
