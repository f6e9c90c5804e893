using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>Small models for the tests.</summary>
static class Models
{
    /// <summary>The axis whose length is free.</summary>
    public static Dimension Batch { get; } = new(1, 0);

    /// <summary>A model without nodes.</summary>
    public static ModelProto Empty(int opset = 21) =>
        new() { IrVersion = 10, Graph = new() { Name = "test" }, OpsetImport = { new OperatorSetIdProto { Version = opset } } };

    /// <summary>A model with inputs in double precision, nodes and one output.</summary>
    /// <param name="inputs">Name and shape of each input.</param>
    /// <param name="write">Writes the nodes and returns the name of the output.</param>
    /// <param name="opset">Version of the operators.</param>
    /// <param name="type">Type of the inputs.</param>
    public static (ModelProto Model, string Output) Of(
        (string Name, Dimension[] Shape)[] inputs, Func<GraphWriter, string> write, int opset = 21, DataType type = DataType.Double)
    {
        ModelProto model = Empty(opset);
        foreach ((string name, Dimension[] shape) in inputs) model.Graph.Input.Add(GradientGraph.Describe(name, new(type, shape)));
        string output = write(new(model, "forward/", type));
        model.Graph.Output.Add(new ValueInfoProto { Name = output });
        return (model, output);
    }

    /// <summary>A model of one node with inputs x0, x1, ... and output y.</summary>
    /// <returns>The model and a value for every input that has to be fed.</returns>
    public static (ModelProto Model, Dictionary<string, Tensor> Feeds) Of(GradientCase c, int opset, Random random)
    {
        ModelProto model = Empty(opset);
        NodeProto node = new() { OpType = c.OpType, Name = c.OpType, Output = { "y" }, Attribute = { c.Attributes } };
        Dictionary<string, Tensor> feeds = [];
        for (int i = 0; i < c.Inputs.Length; i++)
        {
            Operand operand = c.Inputs[i];
            Tensor value = operand.Draw(c.Type, random);
            node.Input.Add(operand.Role == OperandRole.Absent ? "" : InputName(i));
            if (operand.Role == OperandRole.Constant) model.Graph.Initializer.Add(value.ToProto(InputName(i)));
            if (operand.Role is not (OperandRole.Variable or OperandRole.Fed)) continue;
            feeds[InputName(i)] = value;
            Dimension[] shape = [.. value.Shape.Select((d, axis) => c.FreeBatch && axis == 0 ? Batch : d)];
            model.Graph.Input.Add(GradientGraph.Describe(InputName(i), new(value.Type, shape)));
        }
        GraphWriter ops = new(model, "around/", c.Type);
        if (c.Before is not null) node.Input[0] = c.Before(ops, node.Input[0]);
        model.Graph.Node.Add(node);
        for (int i = 1; i < c.Outputs; i++) node.Output.Add($"y{i}");
        if (c.After is not null)
        {
            node.Output[0] = "y0";
            ops.Rename(c.After(ops, [.. node.Output]), "y");
        }
        model.Graph.Output.Add(new ValueInfoProto { Name = "y" });
        return (model, feeds);
    }

    /// <summary>Names of the inputs whose gradients the case asks for.</summary>
    public static IEnumerable<string> Variables(GradientCase c) =>
        from i in Enumerable.Range(0, c.Inputs.Length) where c.Inputs[i].Role == OperandRole.Variable select InputName(i);

    static string InputName(int i) => $"x{i}";
}
