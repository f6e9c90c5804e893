namespace Cfgen.Descriptors;

/// <summary>Peels a shape, one layer at a time, down to lines one pixel wide that have its parts and its holes.</summary>
/// <remarks>
/// Guo, Hall: Parallel Thinning with Two-Subiteration Algorithms, CACM 32 (3), 1989. Unlike that of Zhang and Suen, it does not eat
/// staircases from their ends, which would shorten slanted strokes. Only pixels on the edge are looked at: the time grows with the area,
/// not with area times thickness.
/// </remarks>
sealed class Thinning
{
    readonly BinaryImage _image;
    readonly bool[] _seen;
    readonly List<int> _edge = [];
    readonly List<int> _layer = [];

    Thinning(BinaryImage image)
    {
        _image = image;
        _seen = new bool[image.Cells.Length];
        for (int y = 0; y < image.Height; y++)
        {
            int end = image.IndexOf(image.Width, y);
            for (int index = image.IndexOf(0, y); index < end; index++)
            {
                if (!IsInside(index)) AddEdge(index);
            }
        }
    }

    /// <summary>The lines: a subset of the shape.</summary>
    public static BinaryImage Thin(BinaryImage shape)
    {
        Thinning thinning = new(shape.Copy());
        int removed;
        do
        {
            removed = thinning.RemoveLayer(Neighbourhood.FirstHalf);
            removed += thinning.RemoveLayer(Neighbourhood.SecondHalf);
        }
        while (removed > 0);
        return thinning._image;
    }

    // Takes a layer away and says how many pixels it had.
    int RemoveLayer(ReadOnlySpan<bool> mayGo)
    {
        byte[] cells = _image.Cells;
        int stride = _image.Stride;
        _layer.Clear();
        foreach (int index in _edge)
        {
            if (mayGo[Neighbourhood.At(cells, index, stride)]) _layer.Add(index);
        }
        foreach (int index in _layer)
        {
            cells[index] = 0;
            AddEdge(index - stride);
            AddEdge(index + 1);
            AddEdge(index + stride);
            AddEdge(index - 1);
        }
        if (_layer.Count > 0) _edge.RemoveAll(index => cells[index] == 0);
        return _layer.Count;
    }

    bool IsInside(int index)
    {
        byte[] cells = _image.Cells;
        int stride = _image.Stride;
        return (cells[index - stride] & cells[index + 1] & cells[index + stride] & cells[index - 1]) == 1;
    }

    void AddEdge(int index)
    {
        if (_image.Cells[index] == 0 || _seen[index]) return;
        _seen[index] = true;
        _edge.Add(index);
    }
}
