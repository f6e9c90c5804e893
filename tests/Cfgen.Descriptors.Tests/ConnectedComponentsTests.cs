using CsCheck;

namespace Cfgen.Descriptors.Tests;

public sealed class ConnectedComponentsTests
{
    [Fact]
    public void Foreground_joins_at_corners_and_background_does_not()
    {
        BinaryImage diamond = Drawing.Cells(".#.", "#.#", ".#.");

        Assert.Equal(1, ConnectedComponents.Parts(diamond));
        Assert.Equal(1, ConnectedComponents.Holes(diamond));
    }

    [Fact]
    public void A_gap_at_the_edge_of_the_image_is_no_hole()
    {
        Assert.Equal(0, ConnectedComponents.Holes(Drawing.Cells("###", "#..", "###")));
        Assert.Equal(0, ConnectedComponents.Holes(Drawing.Cells("...", "...")));
        Assert.Equal(1, ConnectedComponents.Holes(Drawing.Cells("###", "#.#", "###")));
    }

    [Fact]
    public void Arms_that_meet_further_down_are_one_part()
    {
        Assert.Equal(1, ConnectedComponents.Parts(Drawing.Cells("#.#.#", "#.#.#", "#####")));
        Assert.Equal(3, ConnectedComponents.Parts(Drawing.Cells("#.#.#", "#.#.#")));
        Assert.Equal(0, ConnectedComponents.Parts(Drawing.Cells(".")));
    }

    [Fact]
    public void Counts_agree_with_flooding_part_after_part() =>
        Shapes.Cells.Sample(image =>
        {
            Assert.Equal(CountByFlooding(image, 1, corners: true), ConnectedComponents.Parts(image));
            Assert.Equal(CountByFlooding(image, 0, corners: false) - 1, ConnectedComponents.Holes(image));
        }, iter: 200);

    static int CountByFlooding(BinaryImage image, byte value, bool corners)
    {
        int stride = image.Stride;
        HashSet<int> left = [.. Enumerable.Range(0, image.Cells.Length).Where(i => image.Cells[i] == value)];
        int parts = 0;
        for (; left.Count > 0; parts++)
        {
            Stack<int> open = new([left.First()]);
            while (open.TryPop(out int cell))
            {
                if (!left.Remove(cell)) continue;
                foreach (int next in left.Where(other => Touch(cell, other)).ToArray()) open.Push(next);
            }
        }
        return parts;

        bool Touch(int a, int b)
        {
            (int dx, int dy) = (Math.Abs(a % stride - b % stride), Math.Abs(a / stride - b / stride));
            return corners ? Math.Max(dx, dy) == 1 : dx + dy == 1;
        }
    }
}
