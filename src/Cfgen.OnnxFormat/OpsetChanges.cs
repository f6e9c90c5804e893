using System.Collections.Frozen;
using static Cfgen.OnnxFormat.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat;

/// <summary>
/// What changed in which opset, operator by operator: from 7 on, only what a node of the older form has to be rewritten for.
/// </summary>
static class OpsetChanges
{
    static readonly OpsetChange s_axesSince13 = new(13, e => e.LongsToInput("axes", 1));
    static readonly OpsetChange s_axesSince18 = new(18, e => e.LongsToInput("axes", 1));
    static readonly OpsetChange s_alongOneAxis = new(13, FlattenAroundSoftmax);

    static readonly FrozenDictionary<string, OpsetChange[]> s_all = new Dictionary<string, OpsetChange[]>(StringComparer.Ordinal)
    {
        ["BatchNormalization"] = [new(9, RefuseUnlessSpatial), new(14, KeepFirstOutput)],
        ["Clip"] = [new(11, e => { e.RealToInput("min", 1); e.RealToInput("max", 2); })],
        ["DFT"] = [new(20, e => throw Changed(e, 20))],
        ["Dropout"] = [new(12, DropoutToInference)],
        ["GridSample"] = [new(20, RenameGridMode)],
        ["GroupNormalization"] = [new(21, e => throw Changed(e, 21))],
        ["Hardmax"] = [s_alongOneAxis],
        ["LogSoftmax"] = [s_alongOneAxis],
        ["Pad"] = [new(11, e => { e.LongsToInput("pads", 1); e.RealToInput("value", 2); })],
        ["ReduceL1"] = [s_axesSince18],
        ["ReduceL2"] = [s_axesSince18],
        ["ReduceLogSum"] = [s_axesSince18],
        ["ReduceLogSumExp"] = [s_axesSince18],
        ["ReduceMax"] = [s_axesSince18],
        ["ReduceMean"] = [s_axesSince18],
        ["ReduceMin"] = [s_axesSince18],
        ["ReduceProd"] = [s_axesSince18],
        ["ReduceSum"] = [s_axesSince13],
        ["ReduceSumSquare"] = [s_axesSince18],
        ["Resize"] = [new(11, ResizeOf10)],
        ["RoiAlign"] = [new(16, e => e.Set("coordinate_transformation_mode", "output_half_pixel"))],
        ["Scan"] = [new(9, BatchedScan.Rewrite)],
        ["Scatter"] = [new(11, e => e.Node.OpType = "ScatterElements")],
        ["Slice"] = [new(10, SliceToInputs)],
        ["Softmax"] = [s_alongOneAxis],
        ["Split"] = [new(13, e => e.LongsToInput("split", 1)), new(18, CountSplitOutputs)],
        ["Squeeze"] = [s_axesSince13],
        ["TopK"] = [new(10, TopKToInput)],
        ["Unsqueeze"] = [s_axesSince13],
        ["Upsample"] = [new(9, e => e.RealsToInput("scales", 1)), new(10, e => e.Node.OpType = "Resize")],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The operators that changed.</summary>
    public static IEnumerable<string> Operators => s_all.Keys;

    /// <summary>The changes of an operator, oldest first.</summary>
    public static IReadOnlyList<OpsetChange> Of(string opType) => s_all.GetValueOrDefault(opType) ?? [];

    static ModelFormatException Changed(NodeEdit e, int since) => e.Refuse(
        $"an opset before {since}", $"opset {since} or newer: {e.Node.OpType} changed its meaning", "export the model with a newer opset");

    static void RefuseUnlessSpatial(NodeEdit e)
    {
        if (e.Take("spatial") is { I: 0 })
            throw e.Refuse("spatial 0", "statistics for each channel", "export the model with a newer opset");
    }

    static void KeepFirstOutput(NodeEdit e)
    {
        while (e.Node.Output.Count > 1) e.Node.Output.RemoveAt(e.Node.Output.Count - 1); // statistics of training
    }

    static void DropoutToInference(NodeEdit e) => e.Take("ratio"); // a network that is used drops nothing

    static void SliceToInputs(NodeEdit e)
    {
        e.LongsToInput("starts", 1);
        e.LongsToInput("ends", 2);
        e.LongsToInput("axes", 3);
    }

    static void TopKToInput(NodeEdit e)
    {
        if (e.Take("k") is { } k) e.SetInput(1, e.Constant("k", ((ReadOnlySpan<long>)[k.I]).ToTensor(1)));
    }

    static void CountSplitOutputs(NodeEdit e)
    {
        if (e.Node.Input.ElementAtOrDefault(1) is null or "") e.Set("num_outputs", e.Node.Output.Count);
    }

    /// <summary>
    /// Before opset 11 output i lay at input i / scale. The nearest was the one before where the axis grew and the one behind where it
    /// shrank.
    /// </summary>
    static void ResizeOf10(NodeEdit e)
    {
        string scales = e.Node.Input[1];
        bool nearest = e.Node.Find("mode") is not { } mode || mode.S.ToStringUtf8() == "nearest";
        float[]? known = nearest ? e.Reals(scales) : [];
        bool shrinks = known is null || known.Any(s => s < 1), grows = known is null || known.Any(s => s > 1);
        if (nearest && shrinks && grows)
        {
            // Each axis does only one of the two, so that one can follow the other.
            string one = e.Constant("one", ((ReadOnlySpan<double>)[1]).ToTensor(DataType.Float, 1));
            string grown = e.Before("Max", "grow", [scales, one]);
            e.Node.Input[0] = e.Before("Resize", "grown", [e.Node.Input[0], "", grown], [.. e.Node.Attribute, .. NearestAt("floor")]);
            scales = e.Before("Min", "shrink", [scales, one]);
        }
        e.Node.Input[1] = "";
        e.SetInput(2, scales);
        e.Node.Attribute.AddRange(NearestAt(nearest && shrinks ? "ceil" : "floor"));
    }

    static AttributeProto[] NearestAt(string nearestMode) =>
        [Attribute("coordinate_transformation_mode", "asymmetric"), Attribute("nearest_mode", nearestMode)];

    static void RenameGridMode(NodeEdit e)
    {
        if (e.Take("mode") is { } mode)
            e.Set("mode", mode.S.ToStringUtf8() switch { "bilinear" => "linear", "bicubic" => "cubic", var other => other });
    }

    /// <summary>Before opset 13 a softmax ran over all axes from <c>axis</c> (1 when not given) on, as if they were one.</summary>
    static void FlattenAroundSoftmax(NodeEdit e)
    {
        long axis = e.Take("axis")?.I ?? 1;
        if (axis == -1)
        {
            e.Set("axis", -1);
            return;
        }
        string shape = e.Before("Shape", "shape", [e.Node.Input[0]]);
        e.Node.Input[0] =
            e.Before("Flatten", "flat", [e.Node.Input[0]], Attribute("axis", axis));
        e.Set("axis", -1);
        e.Follow("Reshape", "soft", flat => [flat, shape]);
    }
}
