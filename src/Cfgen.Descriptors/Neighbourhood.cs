namespace Cfgen.Descriptors;

/// <summary>
/// The eight neighbours of a pixel as one byte, clockwise from the north (bit 0 N, 1 NE, 2 E, 3 SE, 4 S, 5 SW, 6 W, 7 NW), and which pixels
/// thinning may take.
/// </summary>
/// <remarks>Guo, Hall: Parallel Thinning with Two-Subiteration Algorithms, CACM 32 (3), 1989, algorithm A1.</remarks>
static class Neighbourhood
{
    static readonly bool[] s_firstHalf = TableOf(code => MayGo(code) && !((Has(code, 0) || Has(code, 1) || !Has(code, 3)) && Has(code, 2)));
    static readonly bool[] s_secondHalf =
        TableOf(code => MayGo(code) && !((Has(code, 4) || Has(code, 5) || !Has(code, 7)) && Has(code, 6)));

    /// <summary>Whether a pixel may go in the first half of a round, which takes from the north and the east; by neighbourhood.</summary>
    public static ReadOnlySpan<bool> FirstHalf => s_firstHalf;

    /// <summary>Whether a pixel may go in the second half of a round, which takes from the south and the west; by neighbourhood.</summary>
    public static ReadOnlySpan<bool> SecondHalf => s_secondHalf;

    /// <summary>The neighbourhood of the cell at an index.</summary>
    public static int At(ReadOnlySpan<byte> cells, int index, int stride)
    {
        ReadOnlySpan<byte> north = cells.Slice(index - stride - 1, 3);
        ReadOnlySpan<byte> same = cells.Slice(index - 1, 3);
        ReadOnlySpan<byte> south = cells.Slice(index + stride - 1, 3);
        return north[1] | north[2] << 1 | same[2] << 2 | south[2] << 3 | south[1] << 4 | south[0] << 5 | same[0] << 6 | north[0] << 7;
    }

    // Conditions (a) and (b): the neighbours hang together without the pixel, and it is neither the end of a line nor inside the shape.
    static bool MayGo(int code)
    {
        int parts = 0, pairs = 0, shiftedPairs = 0;
        for (int side = 0; side < 8; side += 2)
        {
            if (!Has(code, side) && (Has(code, side + 1) || Has(code, side + 2))) parts++;
            if (Has(code, side) || Has(code, side - 1)) pairs++;
            if (Has(code, side) || Has(code, side + 1)) shiftedPairs++;
        }
        return parts == 1 && Math.Min(pairs, shiftedPairs) is (2 or 3);
    }

    static bool Has(int code, int neighbour) => (code >> (neighbour & 7) & 1) == 1;

    static bool[] TableOf(Func<int, bool> holds)
    {
        bool[] table = new bool[256];
        for (int code = 0; code < table.Length; code++) table[code] = holds(code);
        return table;
    }
}
