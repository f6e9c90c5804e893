using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Families;

/// <summary>
/// A Swin transformer of two stages in the words of the TorchScript exporter: windows by Reshape and Transpose of six axes,
/// rolled by Slice and Concat, masked where a roll joined what was apart, with a bias gathered from a table.
/// </summary>
/// <param name="opset">Version of the operators; LayerNorm is written out up to 16.</param>
/// <param name="batch">Length of the batch axis; null leaves it free.</param>
/// <param name="cosine">Version 2: cosine attention with a bias that a small network computes, normalisation behind each part.</param>
sealed class SwinNetwork(int opset, long? batch, bool cosine)
{
    const long Dim = 8, Side = 4, Window = 2, Heads = 2, Classes = 3, Tokens = Window * Window;

    readonly ExportedNetwork _n = new(opset, batch, 3, 2 * Side, 2 * Side);

    /// <summary>The whole network.</summary>
    public static ModelProto Of(int opset, long? batch, bool cosine) => new SwinNetwork(opset, batch, cosine).Write();

    ModelProto Write()
    {
        string patches = _n.Conv(ExportedNetwork.Image, 3, Dim, [2, 2], stride: 2, pads: [0, 0, 0, 0]);
        string x = _n.LayerNorm(_n.Transpose(patches, 0, 2, 3, 1), Dim); // [N, H, W, C]
        x = Block(Block(x, Dim, Side, 0), Dim, Side, 1);
        x = Merge(x);
        x = Block(x, 2 * Dim, Side / 2, 0);
        return _n.End(_n.Gemm(_n.Mean(_n.LayerNorm(x, 2 * Dim), false, 1, 2), 2 * Dim, Classes));
    }

    string Block(string x, long dim, long side, long shift)
    {
        string attended = Attend(cosine ? x : _n.LayerNorm(x, dim), dim, side, shift);
        x = _n.Node("Add", [x, cosine ? _n.LayerNorm(attended, dim) : attended]);
        string mixed = _n.Mlp(cosine ? x : _n.LayerNorm(x, dim), dim, 2 * dim);
        return _n.Node("Add", [x, cosine ? _n.LayerNorm(mixed, dim) : mixed]);
    }

    string Attend(string x, long dim, long side, long shift)
    {
        if (shift > 0) x = _n.Roll(_n.Roll(x, 1, -shift), 2, -shift);
        string count = _n.Length(x, 0), c = _n.Length(x, 3), w = _n.Long(Window);
        string sides = _n.Node("Cast", [_n.Node("Div", [_n.Length(x, 1), w])], Int("to", (long)DataType.Int64));
        string windows = _n.View(_n.Transpose(_n.View(x, count, sides, w, sides, w, c), 0, 1, 3, 2, 4, 5), _n.Long(-1), _n.Long(Tokens), c);
        string y = WindowAttention(windows, dim, shift > 0 ? Mask(side, shift) : null);
        string back = _n.View(
            _n.Transpose(_n.View(y, count, sides, sides, w, w, _n.Long(-1)), 0, 1, 3, 2, 4, 5), count, _n.Long(side), _n.Long(side),
            _n.Long(-1));
        return shift > 0 ? _n.Roll(_n.Roll(back, 1, shift), 2, shift) : back;
    }

    /// <summary>x [N · windows, tokens, C].</summary>
    string WindowAttention(string x, long dim, string? mask)
    {
        string count = _n.Length(x, 0), heads = _n.Long(Heads), tokens = _n.Length(x, 1);
        string qkv =
            _n.Transpose(_n.View(_n.Linear(x, dim, 3 * dim), count, tokens, _n.Long(3), heads, _n.Long(dim / Heads)), 2, 0, 3, 1, 4);
        string[] parts = [.. Enumerable.Range(0, 3).Select(i => _n.Node("Gather", [qkv, _n.Long(i)], Int("axis", 0)))];
        string q = cosine ? _n.Normalize(parts[0]) : _n.Node("Mul", [parts[0], _n.Real(1 / Math.Sqrt(dim / (double)Heads))]);
        string k = cosine ? _n.Normalize(parts[1]) : parts[1];
        string scores = _n.Node("MatMul", [q, _n.Transpose(k, 0, 1, 3, 2)]);
        if (cosine)
            scores = _n.Node(
                "Mul", [scores, _n.Node("Exp", [_n.Node("Clip", [_n.WeightAround(2, 0.5, Heads, 1, 1), "", _n.Real(Math.Log(100))])])]);
        scores = _n.Node("Add", [scores, PositionBias()]);
        if (mask is not null)
        {
            string ofMask = _n.Long(Side / Window * (Side / Window));
            string apart = _n.View(scores, _n.Node("Div", [count, ofMask]), ofMask, heads, tokens, tokens);
            scores = _n.View(_n.Node("Add", [apart, _n.Unsqueeze(_n.Unsqueeze(mask, 1), 0)]), _n.Long(-1), heads, tokens, tokens);
        }
        string y = _n.Transpose(_n.Node("MatMul", [_n.Node("Softmax", [scores], Int("axis", -1)), parts[2]]), 0, 2, 1, 3);
        return _n.Linear(_n.View(y, count, tokens, _n.Long(dim)), dim, dim);
    }

    /// <summary>[1, heads, tokens, tokens], looked up by the difference of two places in a window.</summary>
    string PositionBias()
    {
        long[] index = [.. from a in Places() from b in Places()
            select (a.Y - b.Y + Window - 1) * (2 * Window - 1) + a.X - b.X + Window - 1];
        long differences = (2 * Window - 1) * (2 * Window - 1);
        string table = _n.WeightAround(0, 0.5, differences, Heads);
        if (cosine)
            table = _n.Node("MatMul", [_n.Node("Relu", [_n.Linear(_n.WeightAround(0, 1, differences, 2), 2, 8)]), _n.Weight(8, 8, Heads)]);
        string bias = _n.Transpose(
            _n.View(_n.Node("Gather", [table, _n.Longs(index)], Int("axis", 0)), _n.Long(Tokens), _n.Long(Tokens), _n.Long(-1)), 2, 0, 1);
        if (cosine) bias = _n.Node("Mul", [_n.Node("Sigmoid", [bias]), _n.Real(16)]);
        return _n.Unsqueeze(bias, 0);
    }

    static IEnumerable<(long Y, long X)> Places() =>
        from y in Enumerable.Range(0, (int)Window) from x in Enumerable.Range(0, (int)Window) select ((long)y, (long)x);

    /// <summary>[windows, tokens, tokens]: -100 between regions, which are numbered by writing into slices in place.</summary>
    string Mask(long side, long shift)
    {
        string regions = _n.Node("ConstantOfShape", [_n.Longs(side, side)]);
        (long From, long To)[] parts = [(0, side - Window), (side - Window, side - shift), (side - shift, side)];
        long number = 0;
        foreach ((long top, long bottom) in parts)
        {
            foreach ((long left, long right) in parts) regions = Fill(regions, top, bottom, left, right, number++);
        }
        string w = _n.Long(Window), sides = _n.Long(side / Window);
        string windows = _n.View(_n.Transpose(_n.View(regions, sides, w, sides, w), 0, 2, 1, 3), _n.Long(-1), _n.Long(Tokens));
        string difference = _n.Node("Sub", [_n.Unsqueeze(windows, 1), _n.Unsqueeze(windows, 2)]);
        string same = _n.Node("Equal", [difference, _n.Real(0)]);
        return _n.Node("Where", [_n.Node("Not", [same]), _n.Real(-100), difference]);
    }

    /// <summary>regions[top:bottom, left:right] = number.</summary>
    string Fill(string regions, long top, long bottom, long left, long right, long number)
    {
        string rows = _n.Slice(_n.Node("Range", [_n.Long(0), _n.Length(regions, 0), _n.Long(1)]), 0, top, bottom);
        string columns = _n.Slice(_n.Node("Range", [_n.Long(0), _n.Length(regions, 1), _n.Long(1)]), 0, left, right);
        string shape = _n.Longs(bottom - top, right - left);
        string y = _n.Unsqueeze(_n.Node("Expand", [_n.Unsqueeze(rows, 1), shape]), -1),
            x = _n.Unsqueeze(_n.Node("Expand", [_n.Unsqueeze(columns, 0), shape]), -1);
        return _n.Node("ScatterND", [regions, _n.Node("Concat", [y, x], Int("axis", -1)), _n.Node("Expand", [_n.Real(number), shape])]);
    }

    /// <summary>Every second row and column from each of four corners, side by side, then mixed: [N, H/2, W/2, 2C].</summary>
    string Merge(string x)
    {
        string[] corners = [.. from dx in new long[] { 0, 1 } from dy in new long[] { 0, 1 }
            select _n.Slice(_n.Slice(x, 1, dy, long.MaxValue, 2), 2, dx, long.MaxValue, 2)];
        string four = _n.Node("Concat", corners, Int("axis", -1));
        return cosine
            ? _n.LayerNorm(_n.Linear(four, 4 * Dim, 2 * Dim, bias: false), 2 * Dim)
            : _n.Linear(_n.LayerNorm(four, 4 * Dim), 4 * Dim, 2 * Dim, bias: false);
    }
}
