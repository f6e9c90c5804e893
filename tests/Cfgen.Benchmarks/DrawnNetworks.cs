using Cfgen.Autodiff;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Benchmarks;

/// <summary>
/// Networks of drawn weights for images of 224 pixels, in the operators that exporters write: one of inverted residual blocks with SiLU and
/// squeeze-and-excitation, and a vision transformer.
/// </summary>
sealed class DrawnNetworks
{
    const long Side = 224, Patch = 16, Width = 192, Heads = 3, Blocks = 4, Classes = 100;
    const long Tokens = (Side / Patch) * (Side / Patch);

    readonly Random _random = new(1);
    readonly ModelProto _model = new()
    {
        IrVersion = 10,
        Graph = new() { Name = "drawn" },
        OpsetImport = { new OperatorSetIdProto { Version = 18 } },
    };
    readonly GraphWriter _ops;

    DrawnNetworks() => _ops = new(_model, "");

    /// <summary>The first blocks of an EfficientNet-B0.</summary>
    public static ModelProto InvertedResiduals()
    {
        DrawnNetworks n = new();
        string x = n.Silu(n.Conv(n.Image(), 3, 32, 3, 2));
        x = n.Inverted(x, 32, 32, 16, 3, 1);
        x = n.Inverted(x, 16, 96, 24, 3, 2);
        x = n.Inverted(x, 24, 144, 24, 3, 1);
        x = n.Inverted(x, 24, 144, 40, 5, 2);
        x = n.Inverted(x, 40, 240, 40, 5, 1);
        x = n.Silu(n.Conv(x, 40, 160, 1, 1));
        return n.Classified(n._ops.ReduceMean(x, [2, 3], keepDims: false), 160);
    }

    /// <summary>A vision transformer of 196 tokens.</summary>
    public static ModelProto Transformer()
    {
        DrawnNetworks n = new();
        string x = n._ops.Conv(n.Image(), n.Weight(3 * Patch * Patch, Width, 3, Patch, Patch), [Patch, Patch], [0, 0, 0, 0], [1, 1], 1);
        x = n._ops.Transpose(n._ops.Reshape(x, n._ops.Longs(0, Width, Tokens)), 0, 2, 1); // [N, tokens, width]
        for (long block = 0; block < Blocks; block++)
        {
            x = n._ops.Add(x, n.Attention(n.Normalised(x)));
            x = n._ops.Add(x, n.Linear(n.Gelu(n.Linear(n.Normalised(x), Width, 4 * Width)), 4 * Width, Width));
        }
        return n.Classified(n._ops.ReduceMean(n.Normalised(x), [1], keepDims: false), Width);
    }

    string Image()
    {
        _model.Graph.Input.Add(GradientGraph.Describe("x", new(DataType.Float, [new(PerRow: 1, Fixed: 0), 3, Side, Side])));
        return "x";
    }

    string Inverted(string x, long from, long hidden, long to, long kernel, long stride)
    {
        string y = Silu(Conv(x, from, hidden, 1, 1));
        y = Silu(Conv(y, hidden, hidden, kernel, stride, hidden));
        string gate = Conv(Silu(Conv(_ops.Emit("GlobalAveragePool", [y]), hidden, 8, 1, 1)), 8, hidden, 1, 1);
        y = Conv(_ops.Mul(y, _ops.Sigmoid(gate)), hidden, to, 1, 1);
        return from == to && stride == 1 ? _ops.Add(y, x) : y;
    }

    string Attention(string x)
    {
        string split = _ops.Reshape(Linear(x, Width, 3 * Width), _ops.Longs(0, Tokens, 3, Heads, Width / Heads));
        string qkv = _ops.Transpose(split, 2, 0, 3, 1, 4);
        string[] parts = [.. Enumerable.Range(0, 3).Select(i => _ops.Gather(qkv, _ops.LongScalar(i), 0))]; // [N, heads, tokens, rest]
        string scores = _ops.Mul(_ops.MatMul(parts[0], _ops.Transpose(parts[1], 0, 1, 3, 2)), _ops.Scalar(1 / Math.Sqrt(Width / Heads)));
        string mixed = _ops.Transpose(_ops.MatMul(_ops.Softmax(scores, -1), parts[2]), 0, 2, 1, 3);
        return Linear(_ops.Reshape(mixed, _ops.Longs(0, Tokens, Width)), Width, Width);
    }

    ModelProto Classified(string features, long width)
    {
        _ops.Rename(_ops.Emit("Gemm", [features, Weight(width, width, Classes), Around(0, 0.1, Classes)]), "y");
        _model.Graph.Output.Add(GradientGraph.Describe("y", new(DataType.Float, [new(PerRow: 1, Fixed: 0), Classes])));
        return _model;
    }

    string Conv(string x, long from, long to, long kernel, long stride, long group = 1)
    {
        string w = Weight(from / group * kernel * kernel, to, from / group, kernel, kernel);
        long pad = kernel / 2;
        return _ops.Conv(x, w, Around(0, 0.1, to), [stride, stride], [pad, pad, pad, pad], [1, 1], group);
    }

    string Linear(string x, long from, long to) => _ops.Add(_ops.MatMul(x, Weight(from, from, to)), Around(0, 0.1, to));

    string Normalised(string x) => _ops.Emit("LayerNormalization", [x, Around(1, 0.1, Width), Around(0, 0.1, Width)]);

    string Silu(string x) => _ops.Mul(x, _ops.Sigmoid(x));

    string Gelu(string x) =>
        _ops.Mul(_ops.Mul(x, _ops.Add(_ops.Erf(_ops.Div(x, _ops.Scalar(Math.Sqrt(2)))), _ops.Scalar(1))), _ops.Scalar(0.5));

    /// <summary>Drawn so that products with numbers of order one are of order one.</summary>
    string Weight(long fanIn, params long[] shape) => Around(0, Math.Sqrt(3.0 / fanIn), shape);

    string Around(double mean, double spread, params long[] shape)
    {
        int count = (int)shape.Aggregate(1L, (a, b) => a * b);
        return _ops.Real([.. Enumerable.Range(0, count).Select(_ => mean + spread * (2 * _random.NextDouble() - 1))], shape);
    }
}
