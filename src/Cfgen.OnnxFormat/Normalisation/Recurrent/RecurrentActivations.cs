using System.Collections.Frozen;
using System.Globalization;

namespace Cfgen.OnnxFormat.Normalisation.Recurrent;

/// <summary>
/// Reads the activation functions of a node. The numbers of <c>activation_alpha</c> and <c>activation_beta</c> go, in their order, to the
/// functions that have such a parameter, over both directions. Where none is given and ONNX Runtime takes 0, which the specification does
/// not say, the node is refused: whoever runs the model means the one, whoever reads it another.
/// </summary>
static class RecurrentActivations
{
    /// <summary>Which parameters each function has, and what each is where the node does not say; NaN where that is open.</summary>
    static readonly FrozenDictionary<string, float[]> s_parameters = new Dictionary<string, float[]>(StringComparer.Ordinal)
    {
        ["affine"] = [float.NaN, float.NaN],
        ["elu"] = [1],
        ["hardsigmoid"] = [0.2f, 0.5f],
        ["leakyrelu"] = [0.01f],
        ["relu"] = [],
        ["scaledtanh"] = [float.NaN, float.NaN],
        ["sigmoid"] = [],
        ["softplus"] = [],
        ["softsign"] = [],
        ["tanh"] = [],
        ["thresholdedrelu"] = [float.NaN],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The functions of each direction.</summary>
    /// <exception cref="ModelFormatException">Too few or unknown ones, or a parameter that is open.</exception>
    public static RecurrentActivation[][] Of(DecomposedNode n, int directions)
    {
        string[] defaults = RecurrentOperator.Of(n.Node).Activations, names = n.Texts("activations");
        if (names.Length == 0) names = [.. Enumerable.Repeat(defaults, directions).SelectMany(d => d)];
        if (names.Length < directions * defaults.Length)
            throw n.Refuse($"{names.Length} activations", string.Create(CultureInfo.InvariantCulture, $"{directions * defaults.Length}"));
        Queue<float> alphas = new(n.Floats("activation_alpha")), betas = new(n.Floats("activation_beta"));
        RecurrentActivation[] all = [.. names.Take(directions * defaults.Length).Select(Read)];
        return [.. all.Chunk(defaults.Length)];

        RecurrentActivation Read(string name)
        {
            string function = name.ToLowerInvariant();
            if (!s_parameters.TryGetValue(function, out float[]? absent))
                throw n.Refuse($"activation {name}", $"one of {string.Join(", ", s_parameters.Keys.Order(StringComparer.Ordinal))}");
            return new(function, Take("activation_alpha", alphas, 0), Take("activation_beta", betas, 1));

            float Take(string attribute, Queue<float> given, int parameter)
            {
                if (parameter >= absent.Length) return 0;
                float value = given.Count > 0 ? given.Dequeue() : absent[parameter];
                return float.IsNaN(value)
                    ? throw n.Refuse($"activation {name} without {attribute}", $"{attribute} with an entry for every function that has one")
                    : value;
            }
        }
    }
}
