using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Torch;
using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.StyleGan.StyleGan3;

/// <summary>
/// The first map of the network, [N, C, H, W]: waves on a plane that w rotates and shifts, and that the user's transform moves further.
/// Karras et al., "Alias-Free Generative Adversarial Networks", 2021, section 3.2 and appendix F.
/// </summary>
/// <remarks>
/// With F [C, 2] the frequencies, R(w) the rotation, d(w) the shift and (U, u) the transform, a wave's frequency is F R U and its phase
/// φ + F R (u - d). Both are linear in products of the four numbers that w gives, so that two small products make them. The sine of a
/// sum of an x and a y part is sin y cos x + cos y sin x: a product [H, 2] [2, W], with 2 (H + W) sines a wave instead of H W.
/// </remarks>
sealed class FourierInput
{
    const double FullTurn = 2 * Math.PI;

    readonly FullyConnected _affine;
    readonly float[] _weight, _freqs, _phases, _transform;
    readonly double _samplingRate, _bandwidth;

    FourierInput(PersistentModule module, int wDim)
    {
        Channels = module.Positive("channels");
        if (module.Ints("size") is not [> 0 and var width, > 0 and var height])
            throw module.Unfit(
                "network-attribute", "the attribute 'size' of the network's SynthesisInput is not what it has to be",
                string.Join(" x ", module.Ints("size")), "width and height");
        (Width, Height) = (width, height);
        (_samplingRate, _bandwidth) = (module.FiniteNumber("sampling_rate"), module.FiniteNumber("bandwidth"));
        if (!(_samplingRate / 2 > _bandwidth))
            throw module.Unfit(
                "network-attribute", "the input's bandwidth is beyond what its sampling rate can carry",
                $"bandwidth {_bandwidth}, sampling rate {_samplingRate}", "a bandwidth below half the rate");
        _affine = FullyConnected.Read(module.Child("affine"), wDim, 4);
        _weight = module.Finite("weight", Channels, Channels);
        _freqs = module.Finite("freqs", Channels, 2);
        _phases = module.Finite("phases", Channels);
        _transform = module.Finite("transform", 3, 3);
        if (_transform[6..] is not [0, 0, 1]) // any other would mix the shift into the frequencies
            throw module.Unfit(
                "network-transform", "the user's transform is not one of a plane", $"last row {string.Join(", ", _transform[6..])}",
                "last row 0, 0, 1: turns, scales and shifts");
    }

    /// <summary>How many waves and channels there are.</summary>
    public int Channels { get; }

    /// <summary>Samples along x, margin included.</summary>
    public int Width { get; }

    /// <summary>Samples along y, margin included.</summary>
    public int Height { get; }

    /// <summary>Reads a SynthesisInput.</summary>
    /// <exception cref="InputException">Attributes or tensors are missing, do not fit, or are not finite.</exception>
    public static FourierInput Read(PersistentModule module, int wDim) => new(module, wDim);

    /// <summary>Appends it: w [N, w_dim] to [N, C, H, W].</summary>
    public string Append(NetworkGraph graph, string w, string at)
    {
        (string turn, string products) = Placement(graph, w, at);
        // [N, C], in turns of 2π
        string fx = graph.Node($"{at}/frequency_x", "MatMul", [turn, graph.Weight($"{at}/freqs_x", Frequencies(axis: 0), 2, Channels)]);
        string fy = graph.Node($"{at}/frequency_y", "MatMul", [turn, graph.Weight($"{at}/freqs_y", Frequencies(axis: 1), 2, Channels)]);
        string phase = graph.Node($"{at}/phase", "Gemm", [
            products, graph.Weight($"{at}/phase_freqs", ShiftFrequencies(), 4, Channels), graph.Weight($"{at}/phases", Phases(), Channels)
        ]);

        // [N, C, 1, W]
        string alongX =
            graph.Node($"{at}/angle_x", "Mul", [Spread(graph, fx), graph.Weight($"{at}/places_x", Places(Width), 1, 1, 1, Width)]);
        // [N, C, H, 1]
        string alongY =
            graph.Node($"{at}/angle_y", "Mul", [Spread(graph, fy), graph.Weight($"{at}/places_y", Places(Height), 1, 1, Height, 1)]);
        alongY = graph.Node($"{at}/angle_y_phase", "Add", [alongY, Spread(graph, phase)]);
        // [N, C, 2, W]
        string cosSin = graph.Node(
            $"{at}/cos_sin_x", "Sin",
            [graph.Node($"{at}/angles_x", "Add", [alongX, graph.Weight($"{at}/quarter_x", [(float)(Math.PI / 2), 0], 2, 1)])]);
        // [N, C, H, 2]
        string sinCos = graph.Node(
            $"{at}/sin_cos_y", "Sin",
            [graph.Node($"{at}/angles_y", "Add", [alongY, graph.Weight($"{at}/quarter_y", [0, (float)(Math.PI / 2)], 1, 2)])]);
        string damped = graph.Node($"{at}/damped_y", "Mul", [sinCos, Spread(graph, Amplitude(graph, fx, fy, at))]);
        string waves = graph.Node($"{at}/waves", "MatMul", [damped, cosSin]);
        float[] weight = Array.ConvertAll(_weight, x => (float)(x / Math.Sqrt(Channels)));
        return graph.Node(at, "Conv", [waves, graph.Weight($"{at}/weight", weight, Channels, Channels, 1, 1)]);
    }

    /// <summary>What w says: (cos, sin) [N, 2], and the products of it with the shift u - d, (cos x, cos y, sin x, sin y) [N, 4].</summary>
    (string Turn, string Products) Placement(NetworkGraph graph, string w, string at)
    {
        string t = _affine.Append(graph, w, $"{at}/affine");
        string[] halves = graph.Nodes(
            [$"{at}/direction", $"{at}/raw_shift"], $"{at}/split", "Split", [t, graph.Longs(2, 2)], Attribute("axis", 1L));
        string length = graph.Node($"{at}/length", "Sqrt", [graph.Node(
            $"{at}/length_squared", "ReduceSum", [graph.Node($"{at}/direction_squared", "Mul", [halves[0], halves[0]]), graph.Longs(1)])]);
        string turn = graph.Node($"{at}/turn", "Div", [halves[0], length]);
        string shift = graph.Node($"{at}/shift", "Div", [halves[1], length]);
        string moved = graph.Node($"{at}/moved", "Sub", [graph.Weight($"{at}/transform_shift", [_transform[2], _transform[5]], 2), shift]);
        string products = graph.Node($"{at}/products", "Mul", [
            graph.Node($"{at}/turn_column", "Unsqueeze", [turn, graph.Longs(2)]),
            graph.Node($"{at}/moved_row", "Unsqueeze", [moved, graph.Longs(1)])
        ]);
        return (turn, graph.Node($"{at}/products_flat", "Reshape", [products, graph.Longs(-1, 4)]));
    }

    /// <summary>
    /// Waves faster than the bandwidth fade, to nothing at half the sampling rate: 1 - (|f| - b) / (r/2 - b), within [0, 1]; [N, C].
    /// </summary>
    string Amplitude(NetworkGraph graph, string fx, string fy, string at)
    {
        string squared = graph.Node(
            $"{at}/speed_squared", "Add",
            [graph.Node($"{at}/frequency_x_squared", "Mul", [fx, fx]), graph.Node($"{at}/frequency_y_squared", "Mul", [fy, fy])]);
        string speed = graph.Node($"{at}/speed", "Sqrt", [squared]);
        double slope = 1 / (_samplingRate / 2 - _bandwidth);
        string falling = graph.Node($"{at}/fading", "Mul", [speed, graph.Scalar(-slope / FullTurn)]);
        string amplitude = graph.Node($"{at}/amplitude_free", "Add", [falling, graph.Scalar(1 + _bandwidth * slope)]);
        return graph.Node($"{at}/amplitude", "Clip", [amplitude, graph.Scalar(0), graph.Scalar(1)]);
    }

    /// <summary>[N, C] to [N, C, 1, 1].</summary>
    string Spread(NetworkGraph graph, string x) => graph.Node($"{x}/spread", "Reshape", [x, graph.Longs(-1, Channels, 1, 1)]);

    // F R = cos F + sin F', with F' = (fy, -fx): R turns the rows of F. Then times U.
    float[] Frequencies(int axis)
    {
        float[] rows = new float[2 * Channels];
        for (int c = 0; c < Channels; c++)
        {
            (double x, double y) = (_freqs[2 * c], _freqs[2 * c + 1]);
            rows[c] = (float)(FullTurn * (x * _transform[axis] + y * _transform[3 + axis]));
            rows[Channels + c] = (float)(FullTurn * (y * _transform[axis] - x * _transform[3 + axis]));
        }
        return rows;
    }

    // F R p for p = (x, y): cos x fx + cos y fy + sin x fy - sin y fx.
    float[] ShiftFrequencies()
    {
        float[] rows = new float[4 * Channels];
        for (int c = 0; c < Channels; c++)
        {
            (double x, double y) = (_freqs[2 * c], _freqs[2 * c + 1]);
            (rows[c], rows[Channels + c], rows[2 * Channels + c], rows[3 * Channels + c]) =
                ((float)(FullTurn * x), (float)(FullTurn * y), (float)(FullTurn * y), (float)(-FullTurn * x));
        }
        return rows;
    }

    float[] Phases() => Array.ConvertAll(_phases, p => (float)(FullTurn * p));

    /// <summary>Centres of the samples, in units of the picture's side without margin.</summary>
    float[] Places(int count) => [.. Enumerable.Range(0, count).Select(i => (float)((2 * i + 1 - count) / (2 * _samplingRate)))];
}
