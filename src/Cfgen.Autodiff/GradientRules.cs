using System.Collections.Frozen;
using Cfgen.Autodiff.Rules;
using static Cfgen.Autodiff.GradientExtent;

namespace Cfgen.Autodiff;

/// <summary>Every operator cfgen can differentiate: the one list, in the alphabet's order. How to add one: docs/adding-a-gradient-rule.md.</summary>
static class GradientRules
{
    /// <summary>The opset that the rules were last checked against.</summary>
    public const int Newest = 25;

    public static IReadOnlyList<GradientRuleEntry> All { get; } =
    [
        new("Abs", 13, Newest, [], AbsGradient.Rule),
        new("Add", 13, Newest, [], [Output], AddGradient.Rule),
        new("And", 13, Newest, [], null),
        new("ArgMax", 13, Newest, [], null),
        new("AveragePool", 13, Newest, [], AveragePoolGradient.Rule),
        new("Ceil", 13, Newest, [], null),
        new("Clip", 13, Newest, [], ClipGradient.Rule),
        new("Concat", 13, Newest, [], ConcatGradient.Rule),
        new("Conv", 13, Newest, [], ConvGradient.Rule),
        new("ConvTranspose", 13, Newest, [], ConvTransposeGradient.Rule),
        new("Cos", 13, Newest, [], CosGradient.Rule),
        new("Div", 13, Newest, [], [Output], DivGradient.Rule),
        new("Equal", 13, Newest, [], null),
        new("Exp", 13, Newest, [], ExpGradient.Rule),
        new("Expand", 13, Newest, [1], [Output], ExpandGradient.Rule),
        new("Flatten", 13, Newest, [], ReshapeGradient.Rule),
        new("Floor", 13, Newest, [], null),
        new("Gather", 13, Newest, [1], GatherGradient.Rule),
        new("Gemm", 13, Newest, [], [Input, Input, Output], GemmGradient.Rule),
        new("GlobalAveragePool", 13, Newest, [], GlobalAveragePoolGradient.Rule),
        new("Greater", 13, Newest, [], null),
        new("GreaterOrEqual", 16, Newest, [], null),
        new("Identity", 13, Newest, [], IdentityGradient.Rule),
        new("LeakyRelu", 13, Newest, [], LeakyReluGradient.Rule),
        new("Less", 13, Newest, [], null),
        new("LessOrEqual", 16, Newest, [], null),
        new("Log", 13, Newest, [], LogGradient.Rule),
        new("LogSoftmax", 13, Newest, [], LogSoftmaxGradient.Rule),
        new("MatMul", 13, Newest, [], [MatrixBatch], MatMulGradient.Rule),
        new("MaxPool", 13, Newest, [], MaxPoolGradient.Rule),
        new("Mul", 13, Newest, [], [Output], MulGradient.Rule),
        new("Neg", 13, Newest, [], NegGradient.Rule),
        new("Not", 13, Newest, [], null),
        new("Or", 13, Newest, [], null),
        new("Pow", 13, Newest, [], [Output], PowGradient.Rule),
        new("Reciprocal", 13, Newest, [], ReciprocalGradient.Rule),
        new("ReduceL2", 13, Newest, [1], ReduceL2Gradient.Rule),
        new("ReduceLogSumExp", 13, Newest, [1], ReduceLogSumExpGradient.Rule),
        new("ReduceMax", 13, Newest, [1], ReduceMaxGradient.Rule),
        new("ReduceMean", 13, Newest, [1], ReduceMeanGradient.Rule),
        new("ReduceSum", 13, Newest, [1], ReduceSumGradient.Rule),
        new("Relu", 13, Newest, [], ReluGradient.Rule),
        new("Reshape", 13, Newest, [1], ReshapeGradient.Rule),
        new("Round", 13, Newest, [], null),
        new("Shape", 13, Newest, [], null),
        new("Sigmoid", 13, Newest, [], SigmoidGradient.Rule),
        new("Sign", 13, Newest, [], null),
        new("Sin", 13, Newest, [], SinGradient.Rule),
        new("Slice", 13, Newest, [1, 2, 3, 4], SliceGradient.Rule),
        new("Softmax", 13, Newest, [], SoftmaxGradient.Rule),
        new("Sqrt", 13, Newest, [], SqrtGradient.Rule),
        new("Squeeze", 13, Newest, [1], ReshapeGradient.Rule),
        new("Sub", 13, Newest, [], [Output], SubGradient.Rule),
        new("Sum", 13, Newest, [], [Output], SumGradient.Rule),
        new("Tanh", 13, Newest, [], TanhGradient.Rule),
        new("Transpose", 13, Newest, [], TransposeGradient.Rule),
        new("Unsqueeze", 13, Newest, [1], ReshapeGradient.Rule),
        new("Where", 13, Newest, [0], [Output], WhereGradient.Rule),
        new("Xor", 13, Newest, [], null),
    ];

    static readonly FrozenDictionary<string, GradientRuleEntry> s_byOpType = All.ToFrozenDictionary(e => e.OpType, StringComparer.Ordinal);

    /// <summary>The row for an operator of that opset, or null.</summary>
    public static GradientRuleEntry? Find(string opType, int opset) =>
        s_byOpType.GetValueOrDefault(opType) is { } entry && opset >= entry.Since && opset <= entry.Until ? entry : null;
}
