using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Objectives;

/// <summary>Opens a gradient graph that was made elsewhere and checks that it is one for this bundle.</summary>
static class ExternalGradientGraph
{
    /// <exception cref="ModelContractException">An input or output is missing or of another shape.</exception>
    public static ModelSession Open(string path, Bundle bundle, GraphFacts facts, SessionSettings settings)
    {
        ModelSession session = ModelSession.FromBundle(BundleFile.Open("gradient graph", path, expectedSha256: null), settings);
        try
        {
            ImageSpec image = bundle.Manifest.Image;
            Require(session, session.Inputs, GraphNames.Ws, typeof(float), -1, facts.NumWs, facts.WDim);
            Require(session, session.Inputs, GraphNames.Target, typeof(long), -1);
            Require(session, session.Outputs, GraphNames.Gradient, typeof(float), -1, facts.NumWs, facts.WDim);
            Require(session, session.Outputs, GraphNames.Score, typeof(float), -1);
            Require(session, session.Outputs, GraphNames.Probability, typeof(float), -1);
            Require(session, session.Outputs, GraphNames.Image, typeof(float), -1, image.Channels, image.Height, image.Width);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    static void Require(ModelSession session, IReadOnlyDictionary<string, NodeMetadata> ports, string name, Type type,
        params ReadOnlySpan<int> shape)
    {
        string expected = $"'{name}' of {type.Name}[{string.Join(", ", shape.ToArray().Select(d => d < 0 ? "N" : $"{d}"))}]";
        if (!ports.TryGetValue(name, out NodeMetadata? port)) throw Wrong(session, $"only {string.Join(", ", ports.Keys)}", expected);
        bool fits = port.ElementType == type && port.Dimensions.Length == shape.Length;
        for (int i = 0; fits && i < shape.Length; i++) fits = shape[i] < 0 || port.Dimensions[i] < 0 || port.Dimensions[i] == shape[i];
        if (!fits) throw Wrong(session,
            $"'{name}' of {port.ElementType?.Name}[{string.Join(", ", port.Dimensions.Select(d => d < 0 ? "?" : $"{d}"))}]", expected);
    }

    static ModelContractException Wrong(ModelSession session, string found, string expected) =>
        new(new("gradient-graph-contract", "the gradient graph does not fit the bundle")
        {
            Where = session.Name,
            Found = found,
            Expected = expected,
            Fix = "build it for this bundle, or leave out --gradient-graph",
        });
}
