using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>Gradients of the sum of an output, as a caller without a cotangent gets them.</summary>
static class Gradients
{
    /// <summary>The model with a gradient named "d" + input for each input.</summary>
    public static ModelProto Graph(ModelProto model, string output, params string[] inputs) =>
        GradientGraph.Differentiate(
            model, new(output) { Gradients = inputs.ToDictionary(i => i, i => $"d{i}") }, ModelTypes.Read(model, "the model under test"));

    /// <summary>The gradients themselves.</summary>
    public static Tensor[] Of(ModelProto model, string output, IReadOnlyDictionary<string, Tensor> feeds, params string[] inputs) =>
        RunningModel.Run(Graph(model, output, inputs), feeds, [.. inputs.Select(i => $"d{i}")]);

    /// <summary>Gradient of the first input of one node.</summary>
    public static double[] Of(GradientCase c, int opset = 21)
    {
        (ModelProto model, Dictionary<string, Tensor> feeds) = Models.Of(c, opset, new(20));
        return Of(model, "y", feeds, Models.Variables(c).First())[0].Values;
    }

    /// <summary>Feeds in double precision.</summary>
    public static Dictionary<string, Tensor> Feed(params (string Name, long[] Shape, double[] Values)[] inputs) =>
        inputs.ToDictionary(i => i.Name, i => new Tensor(DataType.Double, i.Shape, i.Values));
}
