using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>
/// What the inputs and outputs of a Loop or a Scan are for. A Loop takes a trip count and a condition, then values that it
/// carries from one iteration to the next; a Scan takes carried values, then tensors of which each iteration gets a slice. Both
/// give the carried values, then what the iterations made, stacked.
/// </summary>
sealed class LoopPorts
{
    readonly NodeProto _node;

    public LoopPorts(NodeProto node)
    {
        _node = node;
        IsLoop = node.OpType == "Loop";
        Body = node.Find("body")?.G ?? new();
        Scanned = IsLoop ? 0 : (int)Math.Clamp(node.Find("num_scan_inputs")?.I ?? 0, 0, node.Input.Count);
        Carried = Body.Input.Count - (IsLoop ? 2 : Scanned);
    }

    public bool IsLoop { get; }

    /// <summary>
    /// What runs in every iteration. A Loop's has the iteration's number and the condition ahead of its inputs, and the condition ahead of
    /// its outputs.
    /// </summary>
    public GraphProto Body { get; }

    /// <summary>Number of carried values.</summary>
    public int Carried { get; }

    /// <summary>Number of tensors that a Scan takes slices of.</summary>
    public int Scanned { get; }

    /// <summary>Number of stacked outputs.</summary>
    public int Stacked => Body.Output.Count - Lead - Carried;

    /// <summary>Whether body and node agree in their numbers of inputs and outputs.</summary>
    public bool Fit => Carried >= 0 && Stacked >= 0 && _node.Output.Count <= Carried + Stacked
        && (_node.Input.Count == (IsLoop ? 2 : Scanned) + Carried || IsLoop && Carried == 0 && _node.Input.Count < 2);

    /// <summary>Name of carried value k before the first iteration.</summary>
    public string Initial(int k) => _node.Input[k + (IsLoop ? 2 : 0)];

    /// <summary>The body's name of what carried value k is after an iteration.</summary>
    public string CarriedOn(int k) => Body.Output[Lead + k].Name;

    /// <summary>The body's name of what an iteration adds to stacked output k.</summary>
    public string Added(int k) => Body.Output[Lead + Carried + k].Name;

    /// <summary>Name of stacked output k; empty where it is left out.</summary>
    public string StackedOutput(int k) => _node.Output.ElementAtOrDefault(Carried + k) ?? "";

    /// <summary>Axis of scan input j along which it is sliced, as it is written: negative counts from behind.</summary>
    public long InputAxis(int j) => Entry("scan_input_axes", j);

    /// <summary>Whether scan input j is read from its end.</summary>
    public bool InputIsReversed(int j) => Entry("scan_input_directions", j) != 0;

    /// <summary>The new axis of stacked output k, as it is written.</summary>
    public long OutputAxis(int k) => Entry("scan_output_axes", k);

    /// <summary>Whether stacked output k is filled from its end.</summary>
    public bool OutputIsReversed(int k) => Entry("scan_output_directions", k) != 0;

    /// <summary>
    /// Stacked output k of no iteration, an empty tensor; null where the body does not declare type and shape of what it adds.
    /// </summary>
    public TensorProto? EmptyStack(int k)
    {
        if (Body.Output[Lead + Carried + k].Type?.TensorType is not { Shape: { } shape, ElemType: not 0 } type) return null;
        if (shape.Dim.Any(d => d.ValueCase != TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue)) return null;
        long axis = OutputAxis(k) < 0 ? OutputAxis(k) + shape.Dim.Count + 1 : OutputAxis(k);
        if (axis < 0 || axis > shape.Dim.Count || (DataType)type.ElemType == DataType.String) return null;
        TensorProto empty = new() { DataType = type.ElemType, Dims = { shape.Dim.Select(d => d.DimValue) } };
        empty.Dims.Insert((int)axis, 0);
        return empty;
    }

    /// <summary>Outputs of the body ahead of the carried ones.</summary>
    int Lead => IsLoop ? 1 : 0;

    long Entry(string attribute, int i) => _node.Find(attribute)?.Ints.ElementAtOrDefault(i) ?? 0;
}
