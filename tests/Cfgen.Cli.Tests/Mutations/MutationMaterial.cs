namespace Cfgen.Mutations;

/// <summary>What mutations put into models.</summary>
static class MutationMaterial
{
    const string Standard = """
        Abs Add ArgMax AveragePool BatchNormalization Cast CastLike Clip Concat Constant ConstantOfShape Conv ConvTranspose CumSum
        DepthToSpace DequantizeLinear Det Div Dropout DynamicQuantizeLinear Einsum Equal Expand EyeLike Flatten GRU Gather
        GatherElements GatherND Gelu Gemm GlobalAveragePool GlobalMaxPool GridSample GroupNormalization HardSwish Identity If
        InstanceNormalization LRN LSTM LayerNormalization LeakyRelu Log LogSoftmax Loop LpPool MatMul Max MaxPool
        MeanVarianceNormalization Mod Mul NegativeLogLikelihoodLoss NonZero OneHot PRelu Pad Pow QuantizeLinear RMSNormalization
        RNN Range ReduceLogSumExp ReduceMax ReduceMean ReduceProd ReduceSum Relu Reshape Resize ReverseSequence RoiAlign
        RotaryEmbedding Scan ScatterElements ScatterND Shape Size Slice Softmax SoftmaxCrossEntropyLoss SpaceToDepth Split Squeeze
        Sum Swish Tile TopK Transpose Trilu Unsqueeze Upsample Where Attention AffineGrid NoSuchOperator
        """;

    const string Fused = "BiasGelu FastGelu FusedConv FusedMatMul Gelu LayerNormalization QuickGelu SkipLayerNormalization";

    const string Named = """
        axis axes perm group strides pads dilations kernel_shape auto_pad blocksize keepdims to mode epsilon alpha num_outputs size
        hidden_size direction layout k batch_dims ceil_mode num_groups p equation
        """;

    /// <summary>Operators that a node may become, each with its domain.</summary>
    public static IReadOnlyList<(string Domain, string OpType)> Operators { get; } =
        [.. Words(Standard).Select(name => ("", name)), .. Words(Fused).Select(name => ("com.microsoft", name)), ("custom.domain", "Mine")];

    /// <summary>Attributes that a node may get.</summary>
    public static IReadOnlyList<string> Attributes { get; } = Words(Named);

    static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
