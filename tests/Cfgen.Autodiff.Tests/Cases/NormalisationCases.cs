using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Normalisation by the statistics of a part of the input, or of training.</summary>
static class NormalisationCases
{
    static readonly (string About, long[] Shape)[] s_ranks = [("1-D", [2, 3, 5]), ("2-D", [2, 3, 2, 4]), ("3-D", [2, 2, 2, 3, 2])];

    public static IEnumerable<GradientCase> All => [.. Batches, .. Layers, .. RootMeanSquares, .. Instances, .. Groups];

    static IEnumerable<GradientCase> Batches =>
        from c in (GradientCase[])
        [
            .. from rank in s_ranks.Prepend(("vectors", [4, 3])) select Batch(rank.About, rank.Shape),
            Batch("epsilon", [2, 3, 2, 2]).With(Float("epsilon", 0.1f)),
            new("BatchNormalization", "mean and variance from outside", Variable(2, 3, 2, 2), Variable(3), Constant(3), Variable(3),
                Variable(3).Within(0.5, 2)),
            new("BatchNormalization", "constant scale and bias", Variable(2, 3, 2, 2), Constant(3), Constant(3), Constant(3),
                Constant(3).Within(0.5, 2)),
            new GradientCase(
                "BatchNormalization", "picture", Variable(3, 2, 2, 2), Constant(2), Constant(2), Constant(2),
                Constant(2).Within(0.5, 2)).Free(),
        ]
        select c.Since(14);

    static IEnumerable<GradientCase> Layers =>
        from c in new GradientCase[]
        {
            new("LayerNormalization", "axis absent", X(3, 5), Variable(5), Variable(5)),
            new("LayerNormalization", "no bias", X(3, 5), Variable(5)),
            new GradientCase("LayerNormalization", "axis 0", X(3, 4), Variable(3, 4), Variable(3, 4)).With(Int("axis", 0)),
            new GradientCase("LayerNormalization", "axis 1 of 3", X(2, 3, 4), Variable(3, 4), Variable(3, 4)).With(Int("axis", 1)),
            new GradientCase("LayerNormalization", "axis 2 of 3", X(2, 3, 4), Variable(4), Variable(4)).With(Int("axis", 2)),
            new GradientCase("LayerNormalization", "axis -3 of 4", X(2, 2, 3, 2), Variable(2, 3, 2), Variable(2, 3, 2))
                .With(Int("axis", -3)),
            new GradientCase("LayerNormalization", "epsilon", X(3, 5), Variable(5), Variable(5)).With(Float("epsilon", 0.1f)),
            new("LayerNormalization", "constant scale and bias", X(2, 3, 4), Constant(4), Constant(4)),
            new GradientCase("LayerNormalization", "tokens", X(3, 2, 4), Constant(4), Constant(4)).Free(),
        }
        select c.Since(17);

    static IEnumerable<GradientCase> RootMeanSquares =>
        from c in new GradientCase[]
        {
            new("RMSNormalization", "axis absent", X(3, 5), Variable(5)),
            new GradientCase("RMSNormalization", "axis 0", X(3, 4), Variable(3, 4)).With(Int("axis", 0)),
            new GradientCase("RMSNormalization", "axis 1 of 3", X(2, 3, 4), Variable(3, 4)).With(Int("axis", 1)),
            new GradientCase("RMSNormalization", "axis -1 of 3", X(2, 3, 4), Variable(4)).With(Int("axis", -1)),
            new GradientCase("RMSNormalization", "epsilon", X(3, 5), Variable(5)).With(Float("epsilon", 0.1f)),
            new GradientCase("RMSNormalization", "tokens", X(3, 2, 4), Constant(4)).Free(),
        }
        select c.Since(23);

    static IEnumerable<GradientCase> Instances =>
        from c in (GradientCase[])
        [
            .. from rank in s_ranks select new GradientCase(
                "InstanceNormalization", rank.About, X(rank.Shape), Variable(rank.Shape[1]), Variable(rank.Shape[1])),
            new GradientCase("InstanceNormalization", "epsilon", X(2, 3, 2, 3), Variable(3), Variable(3)).With(Float("epsilon", 0.1f)),
            new GradientCase("InstanceNormalization", "picture", X(3, 2, 2, 3), Constant(2), Constant(2)).Free(),
        ]
        select c.InSinglePrecision();

    static IEnumerable<GradientCase> Groups =>
        from c in (GradientCase[])
        [
            .. from groups in new[] { 1, 2, 4 }
               from rank in new (string About, long[] Shape)[] { ("1-D", [2, 4, 3]), ("2-D", [2, 4, 2, 2]), ("3-D", [1, 4, 2, 2, 2]) }
               select new GradientCase("GroupNormalization", $"{groups} groups, {rank.About}", X(rank.Shape), Variable(4), Variable(4))
                   .With(Int("num_groups", groups)),
            new GradientCase("GroupNormalization", "epsilon", X(2, 4, 2, 2), Variable(4), Variable(4))
                .With(Int("num_groups", 2), Float("epsilon", 0.1f)),
            new GradientCase("GroupNormalization", "picture", X(3, 4, 2, 2), Constant(4), Constant(4)).With(Int("num_groups", 2)).Free(),
        ]
        select c.Since(21).InSinglePrecision();

    static GradientCase Batch(string about, long[] shape) =>
        new("BatchNormalization", about, Variable(shape), Variable(shape[1]), Variable(shape[1]), Fed(shape[1]),
            Fed(shape[1]).Within(0.5, 2));

    /// <summary>Spread wide, so that the step is small beside the deviation.</summary>
    static Operand X(params long[] shape) => Variable(shape).Within(-3, 3);
}
