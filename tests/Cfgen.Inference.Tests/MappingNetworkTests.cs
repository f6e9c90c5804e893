using Cfgen.Inference.Generators;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

public sealed class MappingNetworkTests : IDisposable
{
    const int ZDim = 3;

    static readonly TinyPort s_z = new("z", [-1, ZDim]), s_ws = new("ws", [-1, TinyModels.NumWs, TinyModels.WDim]);

    readonly TinyBundle _bundle = new();

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public void The_digits_take_z_and_psi()
    {
        using MappingNetwork mapping = MappingNetwork.Open(Digits.Open(), new());
        Assert.Equal((64, 0, true, true), (mapping.ZDim, mapping.CDim, mapping.Truncates, mapping.TruncatesFirstLayers));
        float[] z = TinyModels.Numbers(5, 64);
        float[] w = Map(mapping, z), middle = Map(mapping, z, psi: 0), half = Map(mapping, z, psi: 0.5);
        Assert.Equal(Map(mapping, TinyModels.Numbers(6, 64), psi: 0), middle);
        for (int i = 0; i < w.Length; i++) Assert.Equal((w[i] + (double)middle[i]) / 2, half[i], 1e-5);
    }

    [Fact]
    public void Inputs_with_a_value_of_their_own_can_be_fed_or_left()
    {
        ModelProto model = Truncating();
        Store(model, "truncation_psi", ((ReadOnlySpan<double>)[1]).ToTensor(DataType.Float));
        Store(model, "truncation_cutoff", ((ReadOnlySpan<long>)[TinyModels.NumWs]).ToTensor());
        using MappingNetwork mapping = Open(model);
        Assert.True(mapping.TruncatesFirstLayers);
        float[] z = [1, 2, 3];
        Assert.Equal([1, 2, 3, 1, 2, 3], Map(mapping, z));
        Assert.Equal([0.5f, 1, 1.5f, 0.5f, 1, 1.5f], Map(mapping, z, psi: 0.5));
        Assert.Equal([0.5f, 1, 1.5f, 1, 2, 3], Map(mapping, z, psi: 0.5, cutoff: 1));
    }

    [Fact]
    public void A_cutoff_without_a_value_of_its_own_is_all_layers_where_nobody_says()
    {
        using MappingNetwork mapping = Open(Truncating());
        Assert.Equal([0.5f, 1, 1.5f, 0.5f, 1, 1.5f], Map(mapping, [1, 2, 3], psi: 0.5));
    }

    [Fact]
    public void A_class_is_one_among_zeros()
    {
        // w = z + the first three of c, so that the class shows.
        using MappingNetwork mapping = Open(TinyModels.Make([s_z, new("c", [-1, ZDim])], new("ws", [-1, ZDim]), ops => ops.Add("z", "c")));
        Assert.Equal((3, 3, 1), (mapping.ZDim, mapping.CDim, mapping.NumWs));
        Assert.Equal([1, 3, 3, 4, 5, 7], mapping.Map([1, 2, 3, 4, 5, 6], [1, 2], Truncation.None, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_it_cannot_do_is_a_mistake_of_the_caller()
    {
        using MappingNetwork mapping = Open(TinyModels.Make([s_z], new("ws", [-1, ZDim]), ops => ops.Neg("z")));
        Assert.False(mapping.Truncates);
        Assert.Throws<ArgumentException>(() => Map(mapping, [1, 2, 3], psi: 0.5));
        Assert.Throws<ArgumentException>(() => Map(mapping, [1, 2]));
        Assert.Throws<ArgumentException>(() => mapping.Map([1, 2, 3], [0], Truncation.None, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_bundle_without_mapping_is_refused() =>
        Assert.Equal("mapping-missing", Refused.By<InputException>(() => MappingNetwork.Open(_bundle.Open(), new())).Code);

    [Fact]
    public void Inputs_that_nobody_could_feed_are_refused()
    {
        ModelProto model = TinyModels.Make([s_z, new("temperature", [1])], new("ws", [-1, ZDim]), ops => ops.Mul("z", "temperature"));
        Problem problem = Refused.By<ModelContractException>(() => Open(model));
        Assert.Contains("temperature", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_is_no_code_is_refused() =>
        Assert.Contains(
            "ws",
            Refused.By<ModelContractException>(() => Open(TinyModels.Make(
                [s_z], new("picture", [-1, 1, 1, ZDim]), ops => ops.Reshape("z", ops.Longs(-1, 1, 1, ZDim))))).Expected,
            StringComparison.Ordinal);

    // ws[n, layer] = z[n] * (layer < cutoff ? psi : 1): the mean code is 0.
    static ModelProto Truncating() =>
        TinyModels.Make([s_z, new("truncation_psi", []), new("truncation_cutoff", [], DataType.Int64)], s_ws, ops =>
    {
        string layers = ops.Longs(0, 1);
        string truncated = ops.Emit("Less", [layers, "truncation_cutoff"]);
        string factor = ops.Reshape(ops.Where(truncated, "truncation_psi", ops.Real([1])), ops.Longs(1, TinyModels.NumWs, 1));
        return ops.Mul(ops.Reshape("z", ops.Longs(-1, 1, ZDim)), factor);
    });

    static void Store(ModelProto model, string name, TensorProto value)
    {
        value.Name = name;
        model.Graph.Initializer.Add(value);
    }

    MappingNetwork Open(ModelProto model)
    {
        OnnxFile.Save(model, _bundle["mapping.onnx"]);
        return MappingNetwork.Open(_bundle.Open(new() { Mapping = _bundle["mapping.onnx"] }), new());
    }

    static float[] Map(MappingNetwork mapping, float[] z, double psi = 1, int? cutoff = null) =>
        mapping.Map(z, [], new(psi, cutoff), TestContext.Current.CancellationToken);
}
