using Cfgen.OnnxFormat;
using static Cfgen.Autodiff.Tests.Attributes;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests.Families;

/// <summary>
/// XCiT: attention between channels over normalised keys and queries, depthwise convolutions between tokens, an encoding of
/// places computed by sines at run time, and a class token that attends at the end.
/// </summary>
sealed class XcitNetwork(int opset, long? batch)
{
    const long Dim = 8, Side = 4, Heads = 2, Tokens = Side * Side;

    readonly ExportedNetwork _n = new(opset, batch, 3, 4 * Side, 4 * Side);

    /// <summary>The whole network.</summary>
    public static ModelProto Of(int opset, long? batch) => new XcitNetwork(opset, batch).Write();

    ModelProto Write()
    {
        string stem = _n.Gelu(_n.BatchNorm(_n.Conv(ExportedNetwork.Image, 3, Dim / 2, [3, 3], stride: 2), Dim / 2));
        string patches = _n.BatchNorm(_n.Conv(stem, Dim / 2, Dim, [3, 3], stride: 2), Dim);
        string count = _n.Length(patches, 0);
        string x = Add(Tokenised(patches), Tokenised(Places(count)));
        x = Add(x, Scaled(ChannelAttention(_n.LayerNorm(x, Dim))));
        x = Add(x, Scaled(Local(_n.LayerNorm(x, Dim))));
        x = Add(x, Scaled(_n.Mlp(_n.LayerNorm(x, Dim), Dim, 2 * Dim)));
        string token = _n.Node("Expand", [
            _n.WeightAround(0, 0.5, 1, 1, Dim),
            _n.Node("Concat", [.. new[] { count, _n.Long(-1), _n.Long(-1) }.Select(d => Ones(_n.Unsqueeze(d, 0)))], Int("axis", 0))
        ]);
        x = ClassBlock(_n.Node("Concat", [token, x], Int("axis", 1)));
        return _n.End(_n.Gemm(_n.Node("Gather", [_n.LayerNorm(x, Dim), _n.Long(0)], Int("axis", 1)), Dim, 3));
    }

    string Add(string a, string b) => _n.Node("Add", [a, b]);

    string Scaled(string x) => _n.Node("Mul", [_n.WeightAround(1, 0.3, Dim), x]);

    /// <summary>-1 in a shape that is expanded to leaves the length as it is: exporters put 1 there.</summary>
    string Ones(string length) => _n.Node("Where", [
        _n.Node("Equal", [length, _n.Node("Mul", [_n.Node("ConstantOfShape", [_n.Longs(1)], One()), _n.Longs(-1)])]),
        _n.Node("ConstantOfShape", [_n.Longs(1)], One()), length
    ]);

    /// <summary>[N, C, H, W] to [N, H W, C].</summary>
    string Tokenised(string x)
    {
        string shape = _n.Node("Concat", [_n.Slice(_n.Node("Shape", [x]), 0, 0, 2), _n.Longs(-1)], Int("axis", 0));
        return _n.Transpose(_n.Node("Reshape", [x, shape]), 0, 2, 1);
    }

    /// <summary>Sines and cosines of the row's number, in turn, mixed by a convolution and repeated for the batch.</summary>
    string Places(string count)
    {
        string rows = _n.Node("Cast", [_n.Node("Range", [_n.Long(1), _n.Long(Side + 1), _n.Long(1)])], Int("to", (long)DataType.Float));
        string angles = _n.Node("Div", [_n.Unsqueeze(rows, 0, 2, 3), _n.WeightAround(2, 1, 1, 1, Side, 4)]); // [1, H, W, 4]
        string waves =
            _n.Node("Concat", [
                _n.Unsqueeze(_n.Node("Sin", [_n.Slice(angles, 3, 0, long.MaxValue, 2)]), 4),
                _n.Unsqueeze(_n.Node("Cos", [_n.Slice(angles, 3, 1, long.MaxValue, 2)]), 4)
            ], Int("axis", 4));
        string flat = _n.Transpose(_n.View(waves, _n.Long(1), _n.Long(Side), _n.Long(Side), _n.Long(-1)), 0, 3, 1, 2);
        string repeats = _n.Node("Concat", [_n.Unsqueeze(count, 0), _n.Longs(1), _n.Longs(1), _n.Longs(1)], Int("axis", 0));
        return _n.Node("Tile", [_n.Conv(flat, 4, Dim, [1, 1]), repeats]);
    }

    string ChannelAttention(string x)
    {
        string count = _n.Length(x, 0), tokens = _n.Length(x, 1), heads = _n.Long(Heads);
        string qkv =
            _n.Transpose(_n.View(_n.Linear(x, Dim, 3 * Dim), count, tokens, _n.Long(3), heads, _n.Long(Dim / Heads)), 2, 0, 3, 4, 1);
        string[] parts = [.. _n.Split(qkv, 0, 1, 1, 1)
            .Select(part => _n.Opset < 13 ? _n.Node("Squeeze", [part], Ints("axes", 0)) : _n.Node("Squeeze", [part, _n.Longs(0)]))];
        string scores = _n.Node("MatMul", [_n.Normalize(parts[0]), _n.Transpose(_n.Normalize(parts[1]), 0, 1, 3, 2)]);
        string weights = _n.Node("Softmax", [_n.Node("Mul", [scores, _n.WeightAround(1, 0.3, Heads, 1, 1)])], Int("axis", -1));
        string y = _n.View(_n.Transpose(_n.Node("MatMul", [weights, parts[2]]), 0, 3, 1, 2), count, tokens, _n.Long(Dim));
        return _n.Linear(y, Dim, Dim);
    }

    /// <summary>Depthwise convolutions over the tokens as an image.</summary>
    string Local(string x)
    {
        string image = _n.View(_n.Transpose(x, 0, 2, 1), _n.Length(x, 0), _n.Length(x, 2), _n.Long(Side), _n.Long(Side));
        string y = _n.BatchNorm(_n.Gelu(_n.Conv(image, Dim, Dim, [3, 3], group: Dim)), Dim);
        return _n.Transpose(_n.View(_n.Conv(y, Dim, Dim, [3, 3], group: Dim), _n.Length(x, 0), _n.Long(Dim), _n.Long(Tokens)), 0, 2, 1);
    }

    /// <summary>The class token asks, all tokens answer; the others pass by.</summary>
    string ClassBlock(string x)
    {
        string normal = _n.LayerNorm(x, Dim), first = _n.Slice(normal, 1, 0, 1);
        string Headed(string value) =>
            _n.Transpose(_n.View(value, _n.Length(value, 0), _n.Length(value, 1), _n.Long(Heads), _n.Long(Dim / Heads)), 0, 2, 1, 3);
        string q = _n.Node("Mul", [Headed(_n.Linear(first, Dim, Dim)), _n.Real(0.5)]), k = Headed(_n.Linear(normal, Dim, Dim)),
            v = Headed(_n.Linear(normal, Dim, Dim));
        string weights = _n.Node("Softmax", [_n.Node("MatMul", [q, _n.Transpose(k, 0, 1, 3, 2)])], Int("axis", 3));
        string asked = _n.View(_n.Transpose(_n.Node("MatMul", [weights, v]), 0, 2, 1, 3), _n.Length(x, 0), _n.Long(1), _n.Long(Dim));
        return Add(x, Scaled(_n.Node("Concat", [_n.Linear(asked, Dim, Dim), _n.Slice(normal, 1, 1, long.MaxValue)], Int("axis", 1))));
    }

    static AttributeProto One() =>
        new() { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = ((ReadOnlySpan<long>)[1]).ToTensor(1) };
}
