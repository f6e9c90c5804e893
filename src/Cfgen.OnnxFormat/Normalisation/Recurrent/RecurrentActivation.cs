using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.OnnxFormat.Normalisation.Recurrent;

/// <summary>An activation function of a recurrent operator.</summary>
/// <param name="Name">In lower case: the runtime takes either.</param>
/// <param name="Alpha">Where the function has such a parameter.</param>
/// <param name="Beta">Where the function has such a parameter.</param>
sealed record RecurrentActivation(string Name, float Alpha, float Beta)
{
    /// <summary>Writes f(x).</summary>
    public string Write(GraphWriter ops, string x) => Name switch
    {
        "affine" => ops.Add(ops.Mul(x, ops.Scalar(Alpha)), ops.Scalar(Beta)),
        "elu" => ops.Emit("Elu", [x], Attribute("alpha", Alpha)),
        "hardsigmoid" => ops.HardSigmoid(x, Alpha, Beta),
        "leakyrelu" => ops.Emit("LeakyRelu", [x], Attribute("alpha", Alpha)),
        "relu" => ops.Relu(x),
        "scaledtanh" => ops.Mul(ops.Tanh(ops.Mul(x, ops.Scalar(Beta))), ops.Scalar(Alpha)),
        "sigmoid" => ops.Sigmoid(x),
        "softplus" => ops.Softplus(x),
        "softsign" => ops.Emit("Softsign", [x]),
        "tanh" => ops.Tanh(x),
        "thresholdedrelu" => ops.Emit("ThresholdedRelu", [x], Attribute("alpha", Alpha)),
        _ => throw new InvalidOperationException(Name),
    };
}
