using CsCheck;

namespace Cfgen.Descriptors.Tests;

public sealed class SkeletonTests
{
    [Fact]
    public void It_lies_in_the_shape_and_keeps_its_parts_and_holes() =>
        Shapes.Cells.Sample(AssertSameForm, iter: 1000);

    [Fact]
    public void Strokes_keep_their_parts_and_holes() =>
        Shapes.Strokes.Sample(inside =>
            AssertSameForm(BinaryImage.Of(Drawing.Of(Shapes.Side, inside).Pixels.Span, Shapes.Side, Shapes.Side, new MeasurementOptions())),
            iter: 100);

    [Theory]
    [InlineData("##", "##")]
    [InlineData("##....", ".##...", "..##..", "...##.")]
    [InlineData("#")]
    public void What_thinning_by_Zhang_and_Suen_wipes_out_stays(params string[] rows)
    {
        Assert.Equal(1, ConnectedComponents.Parts(Skeleton.Of(Drawing.Cells(rows)).Image));
    }

    [Fact]
    public void A_thick_bar_becomes_its_centre_line()
    {
        BinaryImage bar = new(41, 7);
        for (int y = 1; y < 6; y++) bar.Row(y)[1..40].Fill(1);

        BinaryImage line = Skeleton.Of(bar).Image;

        // Away from the ends, where the skeleton of a rectangle forks towards its corners, only the middle row is left.
        for (int x = 6; x < 35; x++)
        {
            for (int y = 0; y < 7; y++) Assert.Equal(y == 3 ? 1 : 0, line.Row(y)[x]);
        }
    }

    [Fact]
    public void Lines_are_as_long_as_their_steps()
    {
        Assert.Equal(0, Skeleton.Of(Drawing.Cells("#")).Length);
        Assert.Equal(4, Skeleton.Of(Drawing.Cells("#####")).Length);
        Assert.Equal(2, Skeleton.Of(Drawing.Cells("#", "#", "#")).Length);
        Assert.Equal(3 * Math.Sqrt(2), Skeleton.Of(Drawing.Cells("#...", ".#..", "..#.", "...#")).Length, 1e-12);
        Assert.Equal(3 * Math.Sqrt(2), Skeleton.Of(Drawing.Cells("...#", "..#.", ".#..", "#...")).Length, 1e-12);
    }

    [Fact]
    public void A_crossing_counts_each_arm_once()
    {
        Skeleton cross = Skeleton.Of(Drawing.Cells("..#..", "..#..", "#####", "..#..", "..#.."));

        Assert.Equal(8, cross.Length);
    }

    [Fact]
    public void A_staircase_is_a_diagonal()
    {
        Skeleton stairs = Skeleton.Of(Drawing.Cells("##...", ".##..", "..##.", "...##"));

        // Without its corners the line takes diagonal steps, and one straight step at the end that is left.
        Assert.Equal(3 * Math.Sqrt(2) + 1, stairs.Length, 1e-12);
    }

    static void AssertSameForm(BinaryImage shape)
    {
        Skeleton skeleton = Skeleton.Of(shape);
        for (int i = 0; i < shape.Cells.Length; i++) Assert.True(skeleton.Image.Cells[i] <= shape.Cells[i]);
        Assert.Equal(ConnectedComponents.Parts(shape), ConnectedComponents.Parts(skeleton.Image));
        Assert.Equal(ConnectedComponents.Holes(shape), ConnectedComponents.Holes(skeleton.Image));
    }
}
