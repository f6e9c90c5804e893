using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

/// <summary>
/// Convolutions with computed weights that are nearly a constant scaled along the batch and one of the channel axes, and stay as they are.
/// </summary>
public sealed class ModulationNearMissTests
{
    const int In = ModulatedNetwork.In, Out = ModulatedNetwork.Out;

    /// <summary>Networks that are nearly of that form.</summary>
    public static TheoryData<string> NearMisses { get; } = [
        "varies along the kernel", "varies along both channel axes", "has constants for each row", "is an output", "has a bias",
        "has other groups", "has groups of channels", "is added to"
    ];

    [Theory]
    [MemberData(nameof(NearMisses))]
    public void A_convolution_of_another_form_stays(string miss)
    {
        (ModelProto before, ModelProto after, _) = ModulationCheck.Run(NearMiss(miss));
        Assert.Equal(Assert.Single(ModulationCheck.Computed(before)), Assert.Single(ModulationCheck.Computed(after)));
    }

    static ModelProto NearMiss(string miss) => miss switch
    {
        "varies along the kernel" =>
            new ModulatedNetwork(2, false, "") { Also = (ops, w) => ops.Mul(w, ModulatedNetwork.Factor(ops, 2, 1, 1, 3, 1)) }.Model(),
        "varies along both channel axes" =>
            new ModulatedNetwork(2, true, "Pow") { Also = (ops, w) => ops.Mul(w, ModulatedNetwork.Factor(ops, 2, Out, In, 1, 1)) }.Model(),
        "has constants for each row" =>
            new ModulatedNetwork(
                2, false, "")
            { Also = (ops, w) => ops.Mul(w, ops.Real(TinyModels.Weights(3, 2 * Out * In), 2, Out, In, 1, 1)) }.Model(),
        "is added to" => new ModulatedNetwork(2, false, "") { Also = (ops, w) => ops.Add(w, ops.Scalar(0.1)) }.Model(),
        "is an output" => GivesItsWeights(),
        "has a bias" => Grouped([2, In], [2, Out, In, 3, 3], 2, bias: true),
        "has other groups" => Grouped([2, In], [2, 2 * Out, In, 3, 3], 4),
        _ => Grouped([1, In], [2 * Out, In, 3, 3], 2),
    };

    static ModelProto GivesItsWeights()
    {
        ModelProto model = new ModulatedNetwork(2, false, "").Model();
        model.Graph.Output.Add(new ValueInfoProto { Name = model.Graph.Node.Single(n => n.OpType == "Conv").Input[1] });
        return model;
    }

    /// <summary>A grouped convolution whose weights, [N, o, i, k, k] or without the batch, are scaled along their input channels.</summary>
    static ModelProto Grouped(long[] style, long[] weights, int groups, bool bias = false)
    {
        int outputs = (int)weights.SkipLast(3).Aggregate(1L, (a, b) => a * b);
        return TinyModels.Make([new("x", [1, groups * In, 4, 4]), new("style", style)], new("y", [1, outputs, 4, 4]), ops =>
        {
            long[] constant = style[0] > 1 ? [1, .. weights[1..]] : weights;
            string s = ops.Reshape("style", ops.Longs([.. weights.SkipLast(3).Select((_, axis) => axis == 0 ? style[0] : 1), In, 1, 1]));
            string scaled = ops.Mul(ops.Real(TinyModels.Weights(1, (int)constant.Aggregate(1L, (a, b) => a * b)), constant), s);
            string w = weights.Length == 4 ? scaled : ops.Reshape(scaled, ops.Longs(outputs, In, 3, 3));
            return bias
                ? ops.Conv("x", w, ops.Real(TinyModels.Weights(4, outputs), outputs), [1, 1], [1, 1, 1, 1], [1, 1], groups)
                : ops.Conv("x", w, [1, 1], [1, 1, 1, 1], [1, 1], groups);
        });
    }
}
