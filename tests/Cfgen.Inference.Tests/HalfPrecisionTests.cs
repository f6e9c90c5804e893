using Cfgen.Autodiff;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Normalisation;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

/// <summary>A model of half precision, computed in float32, is the float32 model of the same weights.</summary>
public sealed class HalfPrecisionTests
{
    const int Inputs = 6, Outputs = 4;

    static TensorProto Weights(string name, DataType type, int seed, params long[] dims)
    {
        double[] values = TinyModels.Weights(seed, (int)dims.Aggregate(1L, (a, b) => a * b));
        TensorProto tensor = type is DataType.Float
            ? ((ReadOnlySpan<double>)values).ToTensor(type, dims)
            : new() { DataType = (int)type, Dims = { dims }, Int32Data = { values.Select(v => (int)Bits(v, type)) } };
        tensor.Name = name;
        return tensor;
    }

    static ushort Bits(double value, DataType type) => type is DataType.Float16
        ? BitConverter.HalfToUInt16Bits((Half)value)
        : (ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16);

    static float Rounded(double value, DataType type) =>
        type is DataType.Float16 ? (float)(Half)value : BitConverter.UInt32BitsToSingle((uint)Bits(value, type) << 16);

    static NodeProto Node(string opType, string[] inputs, string output, params AttributeProto[] attributes) =>
        new() { OpType = opType, Name = output, Input = { inputs }, Output = { output }, Attribute = { attributes } };

    static AttributeProto To(DataType type) => new() { Name = "to", Type = AttributeType.Int, I = (long)type };

    static AttributeProto Tensor(string name, TensorProto tensor) => new() { Name = name, Type = AttributeType.Tensor, T = tensor };

    /// <summary>
    /// y = tanh(x W) f + c, where f is made by ConstantOfShape, c by a Constant in a branch, and both are cast to and fro.
    /// </summary>
    /// <param name="type">Type of all weights and of what is computed.</param>
    /// <param name="ports">Type of input and output.</param>
    static ModelProto Model(DataType type, DataType ports)
    {
        ModelProto model = new() { IrVersion = 8, Graph = new() { Name = "half" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 18 });
        model.Graph.Input.Add(new TinyPort("x", [-1, Inputs], ports).Declare());
        model.Graph.Output.Add(new TinyPort("y", [-1, Outputs], ports).Declare());
        model.Graph.Initializer.Add(Weights("weight", type, 1, Inputs, Outputs));
        model.Graph.Initializer.Add(
            new TensorProto { Name = "shape", DataType = (int)DataType.Int64, Dims = { 1 }, Int64Data = { Outputs } });
        model.Graph.Initializer.Add(new TensorProto { Name = "always", DataType = (int)DataType.Bool, Int32Data = { 1 } });
        GraphProto branch = new()
        {
            Name = "branch",
            Node = { Node("Constant", [], "c", Tensor("value", Weights("", type, 2, Outputs))) },
            Output = { new TinyPort("c", [Outputs], type).Declare() },
        };
        model.Graph.Node.Add(
        [
            Node("Cast", ["x"], "half", To(type)),
            Node("MatMul", ["half", "weight"], "product"),
            Node("Tanh", ["product"], "layer"),
            Node("ConstantOfShape", ["shape"], "factor", Tensor("value", Weights("", type, 3, 1))),
            Node("Mul", ["layer", "factor"], "scaled"),
            Node("If", ["always"], "addend", new AttributeProto { Name = "then_branch", Type = AttributeType.Graph, G = branch },
                new() { Name = "else_branch", Type = AttributeType.Graph, G = branch.Clone() }),
            Node("Add", ["scaled", "addend"], "sum"),
            Node("Cast", ["sum"], "y", To(ports)),
        ]);
        return model;
    }

    /// <summary>The float32 model whose weights are those of the other one, rounded.</summary>
    static ModelProto Reference(DataType rounding)
    {
        ModelProto model = Model(DataType.Float, DataType.Float);
        Round(model.Graph);
        return model;

        void Round(GraphProto graph)
        {
            foreach (TensorProto tensor in graph.Initializer.Where(t => t.Type() is DataType.Float)) Replace(tensor);
            foreach (AttributeProto attribute in graph.Node.SelectMany(n => n.Attribute))
            {
                if (attribute.T is { } tensor) Replace(tensor);
                if (attribute.G is { } body) Round(body);
            }
        }

        void Replace(TensorProto tensor) =>
            tensor.RawData = ((ReadOnlySpan<double>)[.. tensor.ToDoubles().Select(v => (double)Rounded(v, rounding))]).ToTensor(
                DataType.Float, [.. tensor.Dims]).RawData;
    }

    [Theory]
    [InlineData(DataType.Float16, DataType.Float16)]
    [InlineData(DataType.Float16, DataType.Float)]
    [InlineData(DataType.Bfloat16, DataType.Bfloat16)]
    [InlineData(DataType.Bfloat16, DataType.Float)]
    public void Widened_it_has_the_gradient_of_the_float32_model(DataType type, DataType ports)
    {
        ModelProto half = Model(type, ports), before = half.Clone();
        ModelProto widened = WidenToFloat32.Apply(half);
        Assert.Equal(before, half);
        Assert.Equal(
            ["x: float32 [N, 6]", "y: float32 [N, 4]"],
            ModelPort.Inputs(widened).Concat(ModelPort.Outputs(widened)).Select(p => p.ToString()));
        Assert.False(WidenToFloat32.UsesHalf(widened.Graph));
        foreach (int output in (int[])[0, 1])
        {
            float[][] both = [.. new[] { widened, Reference(type) }.Select(
                m => Fed.Run(Only(GradientFile.Build(m, "model.onnx", new()), output), [3, Inputs], [3, Outputs]))];
            Assert.Equal(3 * (output == 0 ? Outputs : Inputs), both[0].Length);
            Assert.All(both[0].Zip(both[1]), p => Assert.Equal(p.Second, p.First, 1e-6f));
            Assert.Contains(both[0], v => v != 0);
        }

        static ModelProto Only(ModelProto gradient, int output)
        {
            ValueInfoProto kept = gradient.Graph.Output[output];
            gradient.Graph.Output.Clear();
            gradient.Graph.Output.Add(kept);
            return gradient;
        }
    }

    [Theory]
    [InlineData(DataType.Float16, DataType.Float16)]
    [InlineData(DataType.Bfloat16, DataType.Bfloat16)]
    public void Half_precision_is_refused_with_the_option_that_helps(DataType type, DataType ports)
    {
        Problem problem = Refused.By<ModelContractException>(() => GradientFile.Build(Model(type, ports), "model.onnx", new()));
        Assert.Equal(("precision-unsupported", WidenToFloat32.Advice), (problem.Code, problem.Fix));
    }

    [Fact]
    public void Half_precision_between_is_refused_by_name()
    {
        Problem problem =
            Refused.By<NotDifferentiableException>(() => GradientFile.Build(Model(DataType.Float16, DataType.Float), "model.onnx", new()));
        Assert.Equal(("precision-unsupported", WidenToFloat32.Advice), (problem.Code, problem.Fix));
        Assert.Contains("'half'", problem.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_runtime_has_no_kernel_for_is_refused_with_the_option_that_helps()
    {
        Problem problem =
            Refused.By<ModelContractException>(() => GradientFile.Build(Model(DataType.Bfloat16, DataType.Float), "model.onnx", new()));
        Assert.Equal(WidenToFloat32.Advice, problem.Fix);
    }
}
