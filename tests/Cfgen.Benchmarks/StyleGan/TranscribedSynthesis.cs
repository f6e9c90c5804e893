using Cfgen.OnnxFormat;
using Cfgen.StyleGan.Torch;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Benchmarks.StyleGan;

/// <summary>
/// The synthesis network of StyleGAN3, operation by operation as its published code computes it: weights modulated for each sample
/// and applied as a grouped convolution, upsampling by zero insertion and filters of one channel each. What the import is measured against.
/// </summary>
/// <param name="synthesis">A SynthesisNetwork.</param>
/// <param name="batch">Number of samples: the groups of the convolutions.</param>
sealed class TranscribedSynthesis(PersistentModule synthesis, int batch)
{
    readonly ModelProto _model = new ModelComposer("transcription", 18).Model;
    GraphWriter _ops = null!;

    /// <summary>Writes the model: <c>ws</c> [batch, num_ws, w_dim] to <c>image</c>.</summary>
    public ModelProto Write()
    {
        _model.Graph.Input.Add(Port("ws", batch, synthesis.Int("num_ws"), synthesis.Int("w_dim")));
        _ops = new(_model, "");
        string x = Input(synthesis.Child("input"), Code(0));
        IReadOnlyList<string> names = synthesis.Texts("layer_names");
        for (int i = 0; i < names.Count; i++) x = Layer(synthesis.Child(names[i]), x, Code(i + 1));
        _ops.Rename(_ops.Mul(x, _ops.Scalar(synthesis.Double("output_scale"))), "image");
        int size = synthesis.Int("img_resolution");
        _model.Graph.Output.Add(Port("image", batch, synthesis.Int("img_channels"), size, size));
        return _model;
    }

    string Code(int index) => _ops.Gather("ws", _ops.LongScalar(index), 1);

    string Input(PersistentModule input, string w)
    {
        int channels = input.Int("channels"), width = input.Ints("size")[0], height = input.Ints("size")[1];
        (double rate, double bandwidth) = (input.Double("sampling_rate"), input.Double("bandwidth"));
        string t = Linear(input.Child("affine"), w); // [N, 4]
        string norm = _ops.Sqrt(_ops.ReduceSum(Square(_ops.Slice(t, [0], [2], [1])), [1]));
        t = _ops.Div(t, norm);
        string c = Column(t, 0), s = Column(t, 1), zero = _ops.Mul(c, _ops.Scalar(0)), one = _ops.Add(zero, _ops.Scalar(1));
        string rotation = Matrix(c, _ops.Neg(s), zero, s, c, zero, zero, zero, one);
        string translation = Matrix(one, zero, _ops.Neg(Column(t, 2)), zero, one, _ops.Neg(Column(t, 3)), zero, zero, one);
        string transform = _ops.MatMul(_ops.MatMul(rotation, translation), Constant(input, "transform"));
        string freqs = Constant(input, "freqs");
        // [N, C]
        string phases =
            _ops.Add(Constant(input, "phases"), _ops.Squeeze(_ops.MatMul(freqs, _ops.Slice(transform, [0, 2], [2, 3], [1, 2])), 2));
        string moved = _ops.MatMul(freqs, _ops.Slice(transform, [0, 0], [2, 2], [1, 2])); // [N, C, 2]
        string speed = _ops.Sqrt(_ops.ReduceSum(Square(moved), [2], keepDims: false));
        string amplitude =
            _ops.Clip(_ops.Sub(_ops.Scalar(1), _ops.Div(_ops.Sub(speed, _ops.Scalar(bandwidth)), _ops.Scalar(rate / 2 - bandwidth))), 0, 1);
        // [N, H, W, C]
        string angle =
            _ops.MatMul(_ops.Real(Grid(width, height, rate), 1, height, width, 2), _ops.Unsqueeze(_ops.Transpose(moved, 0, 2, 1), 1));
        angle = _ops.Add(angle, _ops.Unsqueeze(phases, 1, 2));
        string waves = _ops.Mul(_ops.Sin(_ops.Mul(angle, _ops.Scalar(2 * Math.PI))), _ops.Unsqueeze(amplitude, 1, 2));
        string weight = _ops.Div(Constant(input, "weight"), _ops.Scalar(Math.Sqrt(channels)));
        return _ops.Transpose(_ops.MatMul(waves, _ops.Transpose(weight, 1, 0)), 0, 3, 1, 2);
    }

    string Layer(PersistentModule layer, string x, string w)
    {
        bool isToRgb = layer.Bool("is_torgb");
        int inputs = layer.Int("in_channels"), outputs = layer.Int("out_channels"), kernel = layer.Int("conv_kernel");
        string styles = Linear(layer.Child("affine"), w), weight = Constant(layer, "weight");
        if (isToRgb) styles = _ops.Mul(styles, _ops.Scalar(1 / Math.Sqrt(inputs * kernel * kernel)));
        else
        {
            weight = _ops.Mul(weight, InverseRoot(_ops.ReduceMean(Square(weight), [1, 2, 3])));
            styles = _ops.Mul(styles, InverseRoot(_ops.ReduceMean(Square(styles), [1])));
        }
        string modulated = _ops.Mul(_ops.Unsqueeze(weight, 0), _ops.Reshape(styles, _ops.Longs(batch, 1, inputs, 1, 1))); // [N, O, I, k, k]
        if (!isToRgb)
            modulated = _ops.Mul(modulated, InverseRoot(_ops.Add(_ops.ReduceSum(Square(modulated), [2, 3, 4]), _ops.Scalar(1e-8))));
        modulated = _ops.Mul(modulated, InverseRoot(Constant(layer, "magnitude_ema")));
        int width = layer.Ints("in_size")[0], height = layer.Ints("in_size")[1], pad = kernel - 1;
        x = _ops.Conv(
            _ops.Reshape(x, _ops.Longs(1, batch * inputs, height, width)),
            _ops.Reshape(modulated, _ops.Longs(batch * outputs, inputs, kernel, kernel)), [1, 1], [pad, pad, pad, pad], [1, 1], batch);
        x = _ops.Reshape(x, _ops.Longs(batch, outputs, height + pad, width + pad));
        x = _ops.Add(x, _ops.Reshape(Constant(layer, "bias"), _ops.Longs(outputs, 1, 1)));

        int up = layer.Int("up_factor"), down = layer.Int("down_factor");
        IReadOnlyList<int> p = layer.Ints("padding");
        x = Pad(ZeroInsertion(x, outputs, height + pad, width + pad, up), p);
        x = Filter(x, layer.TensorOrNull("up_filter"), outputs, up * up, step: 1);
        if (!isToRgb)
            x = _ops.Mul(
                _ops.Emit("LeakyRelu", [x],
                    new AttributeProto { Name = "alpha", Type = AttributeProto.Types.AttributeType.Float, F = 0.2f }),
                _ops.Scalar(Math.Sqrt(2)));
        if (layer.DoubleOrNull("conv_clamp") is { } clamp) x = _ops.Clip(x, -clamp, clamp);
        return Filter(x, layer.TensorOrNull("down_filter"), outputs, 1, step: down);
    }

    string ZeroInsertion(string x, int channels, int height, int width, int up)
    {
        if (up == 1) return x;
        x = _ops.Pad(_ops.Reshape(x, _ops.Longs(batch, channels, height, 1, width, 1)), 0, 0, 0, 0, 0, 0, 0, 0, 0, up - 1, 0, up - 1);
        return _ops.Reshape(x, _ops.Longs(batch, channels, height * up, width * up));
    }

    string Pad(string x, IReadOnlyList<int> p)
    {
        if (p.Any(n => n > 0)) x = _ops.Pad(x, 0, 0, Math.Max(p[2], 0), Math.Max(p[0], 0), 0, 0, Math.Max(p[3], 0), Math.Max(p[1], 0));
        return p.Any(n => n < 0)
            ? _ops.Slice(
                x, [Math.Max(-p[2], 0), Math.Max(-p[0], 0)], [p[3] < 0 ? p[3] : int.MaxValue, p[1] < 0 ? p[1] : int.MaxValue], [2, 3])
            : x;
    }

    // The published code filters at every place and then keeps every step-th result; a stride saves what would be thrown away.
    string Filter(string x, Tensor? filter, int channels, double gain, int step)
    {
        if (filter is null) return gain == 1 ? x : _ops.Mul(x, _ops.Scalar(gain));
        bool isSeparable = filter.Shape.Count == 1;
        double[] taps = [.. filter.ToDoubles().Reverse().Select(f => f * (isSeparable ? Math.Sqrt(gain) : gain))];
        double[] kernels = [.. Enumerable.Repeat(taps, channels).SelectMany(f => f)];
        int size = filter.Shape[0];
        if (!isSeparable) return Depthwise(x, _ops.Real(kernels, channels, 1, size, size), step, step, channels);
        return Depthwise(
            Depthwise(x, _ops.Real(kernels, channels, 1, 1, size), 1, step, channels), _ops.Real(kernels, channels, 1, size, 1), step, 1,
            channels);
    }

    string Depthwise(string x, string kernels, int stepY, int stepX, int channels) =>
        _ops.Conv(x, kernels, [stepY, stepX], [0, 0, 0, 0], [1, 1], channels);

    string Linear(PersistentModule module, string x) => _ops.Add(
        _ops.MatMul(x, _ops.Transpose(_ops.Mul(Constant(module, "weight"), _ops.Scalar(module.Double("weight_gain"))), 1, 0)),
        _ops.Mul(Constant(module, "bias"), _ops.Scalar(module.Double("bias_gain"))));

    string Square(string x) => _ops.Mul(x, x);

    string InverseRoot(string x) => _ops.Reciprocal(_ops.Sqrt(x));

    string Column(string t, int index) => _ops.Slice(t, [index], [index + 1], [1]);

    string Matrix(params ReadOnlySpan<string> entries) => _ops.Reshape(_ops.Concat([.. entries], 1), _ops.Longs(batch, 3, 3));

    string Constant(PersistentModule module, string name) =>
        _ops.Real(module.Tensor(name).ToDoubles(), [.. module.Tensor(name).Shape.Select(d => (long)d)]);

    static double[] Grid(int width, int height, double rate)
    {
        List<double> places = [];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++) places.AddRange([(2 * x + 1 - width) / (2 * rate), (2 * y + 1 - height) / (2 * rate)]);
        }
        return [.. places];
    }

    static ValueInfoProto Port(string name, params ReadOnlySpan<long> shape)
    {
        TensorShapeProto dims = new();
        foreach (long d in shape) dims.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = d });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)DataType.Float, Shape = dims } } };
    }
}
