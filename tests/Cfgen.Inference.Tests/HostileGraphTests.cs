using Cfgen.Autodiff;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Tests;

/// <summary>Models that no exporter writes end in one error that names the node, and honest ones that look alike are taken.</summary>
public sealed class HostileGraphTests
{
    /// <summary>The loop's condition is computed from constants: nobody can tell whether it ends.</summary>
    [Fact]
    public void A_loop_over_constants_whose_end_is_not_known()
    {
        ModelProto model = WithLoop(int.MaxValue, new()
        {
            OpType = "Add",
            Input = { "v", "v" },
            Output = { "w" },
        }, new() { OpType = "Cast", Input = { "v" }, Output = { "on" }, Attribute = { Int("to", (long)DataType.Bool) } });
        Problem problem = Refused.By<ModelContractException>(() => Build(model));
        Assert.Equal(("loop-end-unknown", "model.onnx, node 'loop' (Loop)"), (problem.Code, problem.Where));
    }

    /// <summary>A list that doubles in every iteration is as long as the memory after thirty.</summary>
    [Fact]
    public void A_loop_that_makes_much_of_little()
    {
        ModelProto model = WithLoop(40, new()
        {
            OpType = "Concat",
            Input = { "v", "v" },
            Output = { "w" },
            Attribute = { Int("axis", 0) },
        }, new() { OpType = "Identity", Input = { "going" }, Output = { "on" } });
        Assert.Equal("constant-too-large", Refused.By<ModelFormatException>(() => Build(model)).Code);
    }

    /// <summary>The sizes come to light only when the runtime infers shapes: behind a shape of which the batch is free.</summary>
    [Fact]
    public void A_product_of_constants_whose_size_is_inferred()
    {
        ModelProto model = TinyModels.Make([new("x", [-1, 4000])], new("y", [-1, 4000]), ops =>
        {
            string size = ops.Gather(ops.Shape("x"), ops.Longs(1), 0);
            string square = ops.Emit("ConstantOfShape", [ops.Concat([size, size], 0)]);
            return ops.Add("x", ops.ReduceSum(ops.MatMul(square, square), [0], keepDims: false));
        });
        Assert.Equal("constant-work-too-large", Refused.By<ModelFormatException>(() => Build(model)).Code);
    }

    [Fact]
    public void Operators_that_the_runtime_lacks_are_told_with_their_domain()
    {
        ModelProto model = TinyModels.Make([new("x", [1, 3])], new("y", [1, 3]), ops => ops.Tanh(ops.Tanh(ops.Sin("x"))));
        foreach (NodeProto node in model.Graph.Node.Where(n => n.OpType == "Tanh")) (node.OpType, node.Domain) = ("Bend", "mine");
        model.Graph.Node.First(n => n.OpType == "Bend").Name = "bent";
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "mine", Version = 1 });
        Problem problem = Refused.By<ModelContractException>(() => Build(model));
        Assert.Equal(("operators-unknown", "mine.Bend (2 nodes, such as 'bent')"), (problem.Code, problem.Found));
    }

    [Fact]
    public void A_standard_operator_that_the_opset_does_not_have_yet_is_told_alone()
    {
        ModelProto model = TinyModels.Make([new("x", [1, 3])], new("y", [1, 3]), ops => ops.Tanh(ops.Emit("Gelu", ["x"])), opset: 18);
        Problem problem = Refused.By<ModelContractException>(() => Build(model));
        Assert.Equal("operators-unknown", problem.Code);
        Assert.StartsWith("Gelu (1 node", problem.Found, StringComparison.Ordinal);
    }

    /// <summary>An output may hand an input or a constant through.</summary>
    [Fact]
    public void Outputs_that_no_node_makes()
    {
        ModelProto model = TinyModels.Make([new("x", [1, 3])], new("y", [1, 3]), ops => ops.Add("x", ops.Real(new double[300], 100, 3)));
        string constant = model.Graph.Initializer[0].Name;
        model.Graph.Output.AddRange([new TinyPort("x", [1, 3]).Declare(), new TinyPort(constant, [100, 3]).Declare()]);
        IReadOnlyDictionary<string, TensorType> types = ModelTypes.Read(model, "model.onnx");
        Assert.Equal([1, 3], types["x"].Shape.Select(d => d.Fixed));
        Assert.Equal([100, 3], types[constant].Shape.Select(d => d.Fixed));
    }

    /// <summary>Which branch is taken is known, but not to the runtime's shape inference, as two branches differ.</summary>
    [Fact]
    public void A_classifier_whose_shapes_come_to_light_only_when_it_is_prepared()
    {
        using TinyBundle tiny = new(classifier: TinyModels.Classifier(end: (ops, logits) => ops.Emit(
            "If",
            [ops.AddConstant(new() { DataType = (int)DataType.Bool, Int32Data = { 1 } })],
            Branch("then_branch", new() { OpType = "Identity", Input = { logits }, Output = { "kept" } }),
            Branch("else_branch", new()
            {
                OpType = "ReduceMax",
                Input = { logits },
                Output = { "least" },
                Attribute = { Int("keepdims", 0) },
            }))));
        Assert.Equal(TinyModels.Classes, tiny.Build().Facts.Classes);
    }

    [Fact]
    public void An_input_too_large_to_be_drawn()
    {
        ModelProto model = TinyModels.Make([new("x", [1, 1_000_000_000])], new("y", [1, 1_000_000_000]), ops => ops.Sin("x"));
        GradientSettings made = GradientFile.Resolve(model, "model.onnx", new());
        ModelProto gradient = GradientFile.Build(model, "model.onnx", made);
        Problem problem = Refused.By<ModelContractException>(
            () => GradientCheck.Run(gradient, made, "model.onnx", new(), TestContext.Current.CancellationToken));
        Assert.Equal("input-not-drawable", problem.Code);
    }

    static ModelProto Build(ModelProto model) => GradientFile.Build(model, "model.onnx", new());

    static AttributeProto Int(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    static AttributeProto Branch(string name, NodeProto node) => new()
    {
        Name = name,
        Type = AttributeType.Graph,
        G = new()
        {
            Name = name,
            Node = { node },
            Output = { new ValueInfoProto
            {
                Name = node.Output[0],
                Type = new() { TensorType = new() { ElemType = (int)DataType.Float } },
            } },
        },
    };

    /// <summary>y = x + the sum of what a loop over constants makes of one number.</summary>
    static ModelProto WithLoop(long trips, NodeProto makes, NodeProto decides) =>
        TinyModels.Make([new("x", [1, 3])], new("y", [1, 3]), ops =>
    {
        GraphProto body = new() { Name = "body", Node = { makes, decides } };
        body.Input.AddRange(
            [new TinyPort("i", [], DataType.Int64).Declare(), new TinyPort("going", [], DataType.Bool).Declare(),
                new TinyPort("v", [-1]).Declare()]);
        body.Output.AddRange([new TinyPort("on", [], DataType.Bool).Declare(), new TinyPort("w", [-1]).Declare()]);
        string made = ops.Emit("Loop", [ops.LongScalar(trips), "", ops.Real([1], 1)], new AttributeProto
        {
            Name = "body",
            Type = AttributeType.Graph,
            G = body,
        });
        ops.Written(made)!.Name = "loop";
        return ops.Add("x", ops.ReduceSum(made, [0], keepDims: true));
    });
}
