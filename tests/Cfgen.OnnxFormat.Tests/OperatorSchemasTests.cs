using Cfgen.OnnxFormat.Checking;
using Cfgen.OnnxFormat.Normalisation;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>The table of what operators ask of a node.</summary>
public sealed class OperatorSchemasTests
{
    [Fact]
    public void Every_operator_that_is_rewritten_has_a_row() =>
        Assert.Empty(
            Decomposition.Operators.Concat(OpsetChanges.Operators).Concat(["If", "Loop", "Scan"]).Except(OperatorSchemas.Operators));

    /// <summary>What an operator asks for depends on the opset.</summary>
    [Theory]
    [InlineData("Clip", 6, null)] // older than any opset that is read
    [InlineData("Clip", 7, 1)]
    [InlineData("Clip", 10, 1)]
    [InlineData("Clip", 11, 3)]
    [InlineData("Clip", 99, 3)]
    [InlineData("Gelu", 19, null)]
    [InlineData("Gelu", 20, 1)]
    public void An_operator_has_the_row_of_its_opset(string opType, int opset, int? inputs) =>
        Assert.Equal(inputs, OperatorSchemas.Find(new() { OpType = opType }, opset)?.Inputs.Length);

    [Fact]
    public void An_operator_of_another_domain_is_another_one()
    {
        Assert.NotNull(OperatorSchemas.Find(new() { OpType = "SkipLayerNormalization", Domain = "com.microsoft" }, 18));
        Assert.Null(OperatorSchemas.Find(new() { OpType = "SkipLayerNormalization" }, 18));
        Assert.Null(OperatorSchemas.Find(new() { OpType = "Conv", Domain = "mine" }, 18));
        Assert.NotNull(OperatorSchemas.Find(new() { OpType = "Conv", Domain = "ai.onnx" }, 18));
    }
}
