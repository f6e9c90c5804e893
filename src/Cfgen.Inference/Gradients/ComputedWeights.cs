using Cfgen.Autodiff;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Gradients;

/// <summary>
/// Convolutions whose weights are computed from the inputs. The gradient then also goes to the weights, which costs as many multiply-adds
/// as the convolution itself; with weights that are fixed it does not. Weights that are merely scaled along their channels, as StyleGAN2
/// scales them by styles, are none of these: the gradient graph scales the pictures instead.
/// </summary>
/// <param name="Convolutions">How many there are.</param>
/// <param name="Cost">Multiply-adds of the gradients of their weights, those of unknown shape left out.</param>
public sealed record ComputedWeights(int Convolutions, long Cost)
{
    /// <summary>No such convolution.</summary>
    public static ComputedWeights None { get; } = new(0, 0);

    /// <summary>Looks for them between inputs and output.</summary>
    /// <param name="model">
    /// As it is differentiated: what does not depend on the inputs is constant, and styles scale pictures. Not changed.
    /// </param>
    /// <param name="types">Type of every value.</param>
    /// <param name="batch">Rows of the batch, at least 1.</param>
    /// <param name="inputs">What is differentiated with respect to.</param>
    /// <param name="output">What is differentiated.</param>
    public static ComputedWeights Of(
        ModelProto model, IReadOnlyDictionary<string, TensorType> types, long batch, IEnumerable<string> inputs, string output)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(types);
        HashSet<string> depends = [.. inputs], leads = [output];
        foreach (NodeProto node in model.Graph.Node.Where(n => n.Input.Any(depends.Contains))) depends.UnionWith(node.Output);
        foreach (NodeProto node in model.Graph.Node.Reverse().Where(n => n.Output.Any(leads.Contains))) leads.UnionWith(node.Input);
        NodeProto[] found = [
            .. model.Graph.Node.Where(n => IsConvolution(n) && depends.Contains(n.Input[1]) && leads.Contains(n.Output[0]))
        ];
        return new(found.Length, found.Sum(n => MultiplyAdds.Of(n, types, batch) ?? 0));
    }

    static bool IsConvolution(NodeProto node) => node.OpType is "Conv" or "ConvTranspose" && ModelExtensions.IsStandardDomain(node.Domain);
}
