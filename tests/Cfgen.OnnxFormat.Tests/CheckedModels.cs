using Cfgen.OnnxFormat.Checking;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>Models to be checked, and what the check says of them.</summary>
static class CheckedModels
{
    /// <summary>Passes where the model is sound.</summary>
    public static void Accepted(ModelProto model) => ModelChecker.Check(model, "model.onnx");

    /// <summary>The problem of a model that is not sound.</summary>
    public static Problem Refused(string code, string where, ModelProto model)
    {
        Problem problem = Assert.Throws<ModelFormatException>(() => ModelChecker.Check(model, "model.onnx")).Problem;
        Assert.Equal((code, "model.onnx, " + where), (problem.Code, problem.Where));
        Assert.All([problem.Found, problem.Expected, problem.Fix], Assert.NotNull);
        return problem;
    }

    /// <summary>A vector of int64.</summary>
    public static TensorProto Longs(string name, params long[] values)
    {
        TensorProto tensor = ((ReadOnlySpan<long>)values).ToTensor(values.Length);
        tensor.Name = name;
        return tensor;
    }

    /// <summary>A vector of one float64.</summary>
    public static TensorProto Scalar(string name, double value)
    {
        TensorProto tensor = ((ReadOnlySpan<double>)[value]).ToTensor(DataType.Double);
        tensor.Name = name;
        return tensor;
    }

    /// <summary>A value of floats, -1 for free dimensions.</summary>
    public static ValueInfoProto Shaped(string name, params long[] shape)
    {
        ValueInfoProto value = Models.Value(name);
        value.Type.TensorType.Shape = new()
        {
            Dim = { shape.Select(d => d < 0 ? new TensorShapeProto.Types.Dimension { DimParam = "N" } : new() { DimValue = d }) },
        };
        return value;
    }

    /// <summary>y = op(inputs), with x of a shape.</summary>
    public static ModelProto OneNode(string opType, string[] inputs, long[] shape, params TensorProto[] initializers)
    {
        ModelProto model = Models.Of(17, [Models.Node(opType, inputs, ["y"])], initializers);
        model.Graph.Input[0] = Shaped("x", shape);
        return model;
    }
}
