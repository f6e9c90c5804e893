using Cfgen.StyleGan.Torch;
using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.StyleGan.Generators;

/// <summary>
/// A fully-connected layer with equalised learning rate (Karras et al., "Progressive Growing of GANs", 2017, section 4.1):
/// y = act(x (weight_gain W)ᵀ + bias_gain b). The gains are folded into the weights, and so is the activation's own:
/// √2 for LeakyReLU of slope 0.2 and ReLU, which pass a positive factor on.
/// </summary>
sealed class FullyConnected
{
    readonly PersistentModule _module;
    readonly string _activation;

    FullyConnected(PersistentModule module, float[] weight, float[]? bias) =>
        (_module, Weight, Bias, _activation, InFeatures, OutFeatures) =
            (module, weight, bias, module.Text("activation", "linear"), module.Tensor("weight").Shape[1], module.Tensor("weight").Shape[0]);

    /// <summary>Length of x.</summary>
    public int InFeatures { get; }

    /// <summary>Length of y.</summary>
    public int OutFeatures { get; }

    /// <summary>[out, in] with all gains in it.</summary>
    public float[] Weight { get; }

    /// <summary>[out] with all gains in it, or null where there is none.</summary>
    public float[]? Bias { get; }

    /// <summary>The length of y that a layer says, or else its weight.</summary>
    /// <param name="module">A FullyConnectedLayer.</param>
    /// <exception cref="InputException">The weight is no matrix.</exception>
    public static int OutFeaturesOf(PersistentModule module) => module.Tensor("weight") is { Shape: [> 0 and var rows, _] }
        ? module.Int("out_features", rows)
        : throw module.Unfit(
            "network-shape", $"the tensor 'weight' of the network's {module.ClassName} is not one of a fully-connected layer",
            $"{module.Tensor("weight")}", "a matrix");

    /// <summary>Reads a layer.</summary>
    /// <param name="module">A FullyConnectedLayer.</param>
    /// <param name="inFeatures">What the length of x has to be.</param>
    /// <param name="outFeatures">What the length of y has to be.</param>
    /// <exception cref="InputException">Sizes do not fit, a weight is not finite, or the activation is not known.</exception>
    public static FullyConnected Read(PersistentModule module, int inFeatures, int outFeatures)
    {
        // Files of StyleGAN2-ADA do not say the sizes; the weight's shape is compared below in any case.
        if ((module.Int("in_features", inFeatures), module.Int("out_features", outFeatures)) is var sizes
            && sizes != (inFeatures, outFeatures))
            throw module.Unfit(
                "network-shape", "a fully-connected layer does not fit the network around it", $"{sizes.Item1} to {sizes.Item2} features",
                $"{inFeatures} to {outFeatures}");
        double gain = module.Text("activation", "linear") switch
        {
            "linear" => 1,
            "lrelu" or "relu" => Math.Sqrt(2),
            var other => throw module.Unfit(
                "network-activation", "the activation of a fully-connected layer is not one that can be imported", other,
                "linear, lrelu or relu"),
        };
        float[] weight = Scaled(module.Finite("weight", outFeatures, inFeatures), module.FiniteNumber("weight_gain") * gain);
        float[]? bias = module.TensorOrNull("bias") is null
            ? null
            : Scaled(module.Finite("bias", outFeatures), module.FiniteNumber("bias_gain") * gain);
        return new(module, weight, bias);
    }

    /// <summary>Multiplies by a factor what comes out; with an activation the factor must be positive.</summary>
    public FullyConnected Times(double factor) => new(_module, Scaled(Weight, factor), Bias is null ? null : Scaled(Bias, factor));

    /// <summary>Appends the layer: x [N, in] to y [N, out].</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="x">What goes in.</param>
    /// <param name="name">The layer's place, such as <c>mapping/fc0</c>.</param>
    public string Append(NetworkGraph graph, string x, string name)
    {
        string weight = graph.Weight($"{name}/weight", Weight, OutFeatures, InFeatures);
        string[] inputs = Bias is null ? [x, weight] : [x, weight, graph.Weight($"{name}/bias", Bias, OutFeatures)];
        string y = graph.Node(_activation == "linear" ? name : $"{name}/linear", "Gemm", inputs, Attribute("transB", 1L));
        return _activation switch
        {
            "lrelu" => graph.Node(name, "LeakyRelu", [y], Attribute("alpha", 0.2f)),
            "relu" => graph.Node(name, "Relu", [y]),
            _ => y,
        };
    }

    static float[] Scaled(float[] values, double factor) => Array.ConvertAll(values, x => (float)(x * factor));
}
