using static Cfgen.Autodiff.Tests.Attributes;
using static Cfgen.Autodiff.Tests.Operand;

namespace Cfgen.Autodiff.Tests.Cases;

/// <summary>Softmax and its logarithm.</summary>
static class SoftmaxCases
{
    public static IEnumerable<GradientCase> All =>
        from opType in new[] { "Softmax", "LogSoftmax" }
        from c in new GradientCase[]
        {
            new(opType, "axis absent", Variable(2, 4).Within(-3, 3)),
            new GradientCase(opType, "axis 0", Variable(3, 4)).With(Int("axis", 0)),
            new GradientCase(opType, "axis 1 of 3", Variable(2, 3, 4)).With(Int("axis", 1)),
            new GradientCase(opType, "axis -1", Variable(2, 3, 4)).With(Int("axis", -1)),
            new GradientCase(opType, "large logits", Variable(2, 3).Of(500, 501, 499, -700, -702, -701)).With(Int("axis", 1)),
            new GradientCase(opType, "logits", Variable(3, 4)).With(Int("axis", 1)).Free(),
        }
        select c;
}
