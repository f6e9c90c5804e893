using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Tests;

/// <summary>Every rule against central differences, in every opset that writes the operator that way.</summary>
public sealed class GradientRuleTests
{
    static readonly Dictionary<string, GradientCase> s_cases = GradientCases.All.ToDictionary(c => c.ToString());

    public static TheoryData<string, int> CasesAndOpsets =>
        [.. from c in GradientCases.All from opset in c.Opsets select (c.ToString(), opset)];

    [Theory]
    [MemberData(nameof(CasesAndOpsets))]
    public void The_gradient_agrees_with_central_differences(string name, int opset)
    {
        GradientCase c = s_cases[name];
        Random random = new(20);

        (ModelProto model, Dictionary<string, Tensor> feeds) = Models.Of(c, opset, random);

        CentralDifferences.Check(model, "y", feeds, Models.Variables(c), random, c.Step, c.Tolerance);
    }
}
