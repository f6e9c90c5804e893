namespace Cfgen.OnnxFormat.Tests;

/// <summary>A shape that a value had for a moment is passed over: one node reshapes, from the first shape to the last.</summary>
public sealed class ReshapingTests
{
    readonly ModelProto _model = Models.Small();

    GraphProto Graph => _model.Graph;

    GraphWriter Writer() => new(_model, "w/");

    [Fact]
    public void The_last_shape_counts()
    {
        GraphWriter w = Writer();
        string x = w.Add("x", "y");
        Check(x, [6, -1], w.Reshape(w.Reshape(x, w.Longs(2, 3, -1)), w.Longs(6, -1)));
        Check(x, [4, 2], w.Reshape(w.Unsqueeze(w.Squeeze(x, 0), 1), w.Longs(4, 2)));
    }

    [Theory]
    [InlineData(new long[] { 0 }, new long[] { 1, 2, -1, 3 })]
    [InlineData(new long[] { 3 }, new long[] { 2, -1, 3, 1 })]
    [InlineData(new long[] { -1 }, new long[] { 2, -1, 3, 1 })]
    [InlineData(new long[] { 3, 0 }, new long[] { 1, 2, -1, 1, 3 })]
    [InlineData(new long[] { -4, 4 }, new long[] { 2, 1, -1, 3, 1 })]
    public void Axes_of_one_element_are_put_into_it(long[] axes, long[] expected)
    {
        GraphWriter w = Writer();
        string x = w.Add("x", "y");
        Check(x, expected, w.Unsqueeze(w.Reshape(x, w.Longs(2, -1, 3)), axes));
    }

    [Theory]
    [InlineData(new long[] { 1 }, new long[] { 2, 1, -1 })]
    [InlineData(new long[] { -2, 1 }, new long[] { 2, -1 })]
    public void And_taken_out_of_it(long[] axes, long[] expected)
    {
        GraphWriter w = Writer();
        string x = w.Add("x", "y");
        Check(x, expected, w.Squeeze(w.Reshape(x, w.Longs(2, 1, 1, -1)), axes));
    }

    [Fact]
    public void A_shape_that_takes_lengths_of_the_one_before_needs_it()
    {
        GraphWriter w = Writer();
        string before = w.Reshape(w.Add("x", "y"), w.Longs(2, 3, -1)), after = w.Reshape(before, w.Longs(0, -1));
        Assert.Equal(before, w.Written(after)!.Input[0]);
        Assert.Equal("Unsqueeze", w.Written(w.Unsqueeze(after, 0))!.OpType);
    }

    [Fact]
    public void A_shape_that_is_known_at_run_time_alone_passes_over_nothing()
    {
        GraphWriter w = Writer();
        string before = w.Reshape(w.Add("x", "y"), w.Longs(2, -1)), after = w.Reshape(before, w.Shape("x"));
        Assert.Equal(before, w.Written(after)!.Input[0]);
    }

    void Check(string x, long[] shape, string reshaped)
    {
        NodeProto node = Graph.Node.Single(n => n.Output.Contains(reshaped));
        Assert.Equal("Reshape", node.OpType);
        Assert.Equal(x, node.Input[0]);
        Assert.Equal(shape, Graph.Initializer.Single(t => t.Name == node.Input[1]).ToLongs());
    }
}
