using Cfgen.OnnxFormat.Normalisation;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>What goes wrong with one node is told with the node.</summary>
public sealed class NodeGuardTests
{
    static readonly NodeProto s_node = Models.Node("Conv", ["x"], ["y"]);

    [Fact]
    public void A_failure_that_nobody_thought_of_names_the_node()
    {
        ModelFormatException error = Assert.Throws<ModelFormatException>(
            () => NodeGuard.Apply<int>(s_node, () => throw new ArithmeticException("beyond the end")));
        Assert.Equal(
            ("node-not-understood", "node 'make_y' (Conv)", "beyond the end"),
            (error.Problem.Code, error.Problem.Where, error.Problem.Found));
        Assert.IsType<ArithmeticException>(error.InnerException);
    }

    [Fact]
    public void An_error_that_is_worded_already_stays_as_it_is()
    {
        ModelFormatException told = new(new("use-unsupported", "no"));
        Assert.Same(told, Assert.Throws<ModelFormatException>(() => NodeGuard.Apply<int>(s_node, () => throw told)));
        Assert.Throws<OperationCanceledException>(() => NodeGuard.Apply<int>(s_node, () => throw new OperationCanceledException()));
        Assert.Equal(3, NodeGuard.Apply(s_node, () => 3));
    }
}
