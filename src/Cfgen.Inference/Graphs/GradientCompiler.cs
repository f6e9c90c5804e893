using Cfgen.Autodiff;
using Cfgen.Inference.Preparation;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>From a model as somebody exported or composed it to its gradient graph: prepared, differentiated, ordered.</summary>
static class GradientCompiler
{
    /// <summary>Compiles.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="request">Gets the prepared model with its types, may check and describe it and add nodes, and says what to
    /// differentiate.</param>
    /// <exception cref="CfgenException">The model cannot be prepared, or has no gradient.</exception>
    public static ModelProto Compile(
        ModelProto model, string name, Func<ModelProto, IReadOnlyDictionary<string, TensorType>, GradientRequest> request)
    {
        (ModelProto prepared, IReadOnlyDictionary<string, TensorType> types) = ModelPreparation.Prepare(model, name);
        try
        {
            int before = prepared.Graph.Node.Count;
            GradientRequest asked = request(prepared, types);
            if (prepared.Graph.Node.Count != before) types = ModelTypes.Read(prepared, name);
            (prepared, types) = ModulatedConvolutions.ScaleImages(prepared, types, name);
            ModelProto gradient = GradientGraph.Differentiate(prepared, asked, types);
            ExecutionOrder.Keep(gradient.Graph);
            return gradient;
        }
        catch (NotDifferentiableException e)
        {
            throw new NotDifferentiableException(e.Problem with { Where = e.Problem.Where is null ? name : $"{name}, {e.Problem.Where}" });
        }
    }
}
