using Google.Protobuf;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Tests;

public sealed class SparseTensorTests
{
    /// <summary>y = x + w with a sparse w of the values 5 and 7.</summary>
    static ModelProto Model(long[] dims, long[] indices, params long[] shape)
    {
        ModelProto model = Models.Of(17, [Models.Node("Add", ["x", "w"], ["y"])]);
        model.Graph.SparseInitializer.Add(new SparseTensorProto
        {
            Values = Models.Floats("w", 5, 7),
            Indices = ((ReadOnlySpan<long>)indices).ToTensor(shape),
            Dims = { dims },
        });
        return model;
    }

    static ModelProto Load(ModelProto model)
    {
        using TemporaryFolder folder = new();
        return OnnxFile.Load(folder.File("model.onnx", model.ToByteArray()));
    }

    static Problem Refused(ModelProto model)
    {
        Problem problem = Assert.Throws<ModelFormatException>(() => Load(model)).Problem;
        Assert.EndsWith("model.onnx, sparse tensor 'w'", problem.Where, StringComparison.Ordinal);
        Assert.NotNull(problem.Fix);
        return problem;
    }

    [Fact]
    public void Places_counted_through_or_axis_by_axis()
    {
        foreach (ModelProto model in new[] { Model([2, 3], [1, 5], 2), Model([2, 3], [0, 1, 1, 2], 2, 2) })
        {
            ModelProto loaded = Load(model);
            Assert.Empty(loaded.Graph.SparseInitializer);
            TensorProto dense = Assert.Single(loaded.Graph.Initializer);
            Assert.Equal("w", dense.Name);
            Assert.Equal([2, 3], dense.Dims);
            Assert.Equal([0, 5, 0, 0, 0, 7], dense.ToFloats());
        }
    }

    [Fact]
    public void In_a_node_of_a_body_and_in_a_function()
    {
        AttributeProto Sparse() =>
            new()
            {
                Name = "sparse_value",
                SparseTensor = new()
                {
                    Values = ((ReadOnlySpan<long>)[9]).ToTensor(1),
                    Indices = ((ReadOnlySpan<long>)[2]).ToTensor(1),
                    Dims = { 4 },
                }
            };
        GraphProto body = Models.Body("t", Models.Node("Constant", [], ["t"], Sparse()));
        ModelProto model = Models.Of(17, [Models.Node("If", ["x"], ["y"], Models.Body("then_branch", body))]);
        model.Functions.Add(
            new FunctionProto { Name = "F", Domain = "local", Output = { "f" }, Node = { Models.Node("Constant", [], ["f"], Sparse()) } });
        ModelProto loaded = Load(model);
        Assert.All([loaded.Graph.Node[0].Attribute[0].G.Node[0], loaded.Functions[0].Node[0]], node =>
        {
            Assert.Equal("value", node.Attribute[0].Name);
            Assert.Equal([0, 0, 9, 0], node.Attribute[0].T.ToLongs());
        });
    }

    [Fact]
    public void Data_in_another_file_is_read_in_first()
    {
        using TemporaryFolder folder = new();
        folder.File("weights.bin", [0, 0, 128, 63, 0, 0, 0, 64]);
        ModelProto model = Model([3], [0, 2], 2);
        model.Graph.SparseInitializer[0].Values = Models.External("w", "weights.bin", null, null, 2);
        Assert.Equal([1, 0, 2], OnnxFile.Load(folder.File("model.onnx", model.ToByteArray())).Graph.Initializer[0].ToFloats());
    }

    [Theory]
    [InlineData(new long[] { 2, 3 }, new long[] { 1, 6 }, new long[] { 2 }, "index 6")]
    [InlineData(new long[] { 2, 3 }, new long[] { -1, 6 }, new long[] { 2 }, "index -1")]
    [InlineData(new long[] { 2, 3 }, new long[] { 0, 1, 1, 3 }, new long[] { 2, 2 }, "index 3")]
    [InlineData(new long[] { 2, 3 }, new long[] { 1 }, new long[] { 1 }, "1 numbers")]
    [InlineData(new long[] { 1 << 13, 1 << 12 }, new long[] { 1, 2 }, new long[] { 2 }, "134,217,728 bytes")]
    public void What_does_not_fit(long[] dims, long[] indices, long[] shape, string found) =>
        Assert.Equal(found, Refused(Model(dims, indices, shape)).Found);

    [Fact]
    public void Many_are_weighed_together()
    {
        ModelProto model = Model([1 << 12, 1 << 12], [1, 2], 2);
        model.Graph.SparseInitializer.Add(model.Graph.SparseInitializer[0].Clone());
        Assert.Equal("134,217,728 bytes", Refused(model).Found);
    }

    [Fact]
    public void Impossible_shapes_types_and_data_are_errors_of_the_tensor()
    {
        Assert.Equal("tensor-shape-invalid", Refused(Model([-1], [0, 1], 2)).Code);
        Assert.Equal("tensor-size-wrong", Refused(Model([4], [0, 1], 3)).Code);
        ModelProto model = Model([4], [0, 1], 2);
        model.Graph.SparseInitializer[0].Values.DataType = (int)DataType.String;
        Assert.Equal("string", Refused(model).Found);
        model = Model([4], [0, 1], 2);
        model.Graph.SparseInitializer[0].Indices = null;
        Assert.Equal("none of int64", Refused(model).Found);
    }
}
