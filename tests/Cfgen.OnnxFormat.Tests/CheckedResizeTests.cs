using static Cfgen.OnnxFormat.Tests.CheckedModels;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>Scales and sizes fit the data.</summary>
public sealed class CheckedResizeTests
{
    [Fact]
    public void Resizing_to_too_much()
    {
        long[] image = [-1, 3, 64, 64];
        Accepted(OneNode("Resize", ["x", "", "scales"], image, Models.Floats("scales", 1, 1, 8, 8)));
        Accepted(OneNode("Resize", ["x", "", "empty", "sizes"], image, Models.Floats("empty"), Longs("sizes", 1, 3, 128, 128)));
        Refused("constant-too-large", "node 'make_y' (Resize)",
            OneNode("Resize", ["x", "", "scales"], image, Models.Floats("scales", 1, 1, 1e3f, 1e3f)));
        Refused("constant-too-large", "node 'make_y' (Resize)",
            OneNode("Resize", ["x", "", "scales"], image, Models.Floats("scales", 1, 1, float.NaN, 1)));
        Refused("constant-too-large", "node 'make_y' (Resize)",
            OneNode("Resize", ["x", "", "", "sizes"], image, Longs("sizes", 1, 3, 1 << 16, 1 << 16)));
        Refused("constant-too-large", "node 'make_y' (Upsample)",
            OneNode("Upsample", ["x", "scales"], image, Models.Floats("scales", 1, 1, 1e3f, 1e3f)));
    }

    [Fact]
    public void Scales_have_as_many_entries_as_the_data_has_dimensions()
    {
        ModelProto model = OneNode("Resize", ["x", "", "scales"], [-1, 3, 8, 8], Models.Floats("scales", 2, 2));
        Problem problem = Refused("resize-scales-wrong", "node 'make_y' (Resize)", model);
        Assert.Equal(("2 scales", "4, one for each dimension"), (problem.Found, problem.Expected));
        model.Graph.Node[0].Attribute.Add(Models.Ints("axes", 2, -1));
        Accepted(model);
        model.Graph.Node[0].Attribute[0].Ints.Add(1);
        Assert.Equal("3, one for each of its axes", Refused("resize-scales-wrong", "node 'make_y' (Resize)", model).Expected);
        Refused("resize-scales-wrong", "node 'make_y' (Resize)",
            OneNode("Resize", ["x", "", "", "sizes"], [-1, 3, 8, 8], Longs("sizes", 16, 16)));
    }

    [Fact]
    public void The_rank_of_an_inner_value_is_taken_from_its_declaration()
    {
        ModelProto model = Models.Of(
            17, [Models.Node("Relu", ["x"], ["a"]), Models.Node("Resize", ["a", "", "scales"], ["y"])], Models.Floats("scales", 2, 2));
        Accepted(model);
        model.Graph.ValueInfo.Add(Shaped("a", -1, 3, 8, 8));
        Refused("resize-scales-wrong", "node 'make_y' (Resize)", model);
    }
}
