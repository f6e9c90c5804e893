using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Gradients;

/// <summary>A gradient file, loaded to be run at points with a batch of one: whole, and without its gradient, which is faster.</summary>
sealed class CheckedModel : IDisposable
{
    readonly ModelSession _forward;
    readonly ModelSession _gradient;
    readonly string _output;
    readonly string[] _gradients;
    readonly string _cotangent;

    /// <param name="gradient">A gradient file with a cotangent.</param>
    /// <param name="made">What it differentiates, every name filled in.</param>
    /// <param name="name">What to call the model in errors.</param>
    /// <param name="settings">How to run it.</param>
    /// <exception cref="ModelContractException">An input cannot be drawn, or the runtime refuses the model.</exception>
    public CheckedModel(ModelProto gradient, GradientSettings made, string name, SessionSettings settings)
    {
        (_output, _cotangent, _gradients) =
            (made.Output!, GradientFile.CotangentOf(made.Output!), [.. made.WithRespectTo.Select(GradientFile.GradientOf)]);
        List<string> order = [.. made.WithRespectTo];
        Inputs = [.. ModelPort.Inputs(gradient).Where(p => p.Name != _cotangent).Select(p => CheckedInput.Of(p, name))];
        Varied = [.. Inputs.Where(i => order.Contains(i.Name)).OrderBy(i => order.IndexOf(i.Name))];
        _forward = ModelSession.FromModel(WithoutGradient(gradient), name, settings);
        try
        {
            _gradient = ModelSession.FromModel(gradient, name, settings);
        }
        catch
        {
            _forward.Dispose();
            throw;
        }
    }

    /// <summary>All inputs but the cotangent.</summary>
    public IReadOnlyList<CheckedInput> Inputs { get; }

    /// <summary>Those that the gradient is taken with respect to, in that order.</summary>
    public IReadOnlyList<CheckedInput> Varied { get; }

    /// <summary>What a number among the outputs may be off by, as a share of it: some roundings of its type.</summary>
    public double Rounding => ModelTypes.ToDataType(_forward.Outputs[_output].ElementDataType) is TensorProto.Types.DataType.Double
        ? 4 * double.BitIncrement(1) - 4
        : 4 * (double)float.BitIncrement(1) - 4;

    /// <summary>The output at a point, and its shape.</summary>
    public (double[] Values, long[] Shape) Evaluate(IReadOnlyDictionary<string, double[]> point, CancellationToken cancellationToken)
    {
        using Feed feed = new(Inputs, point);
        using IDisposableReadOnlyCollection<OrtValue> outputs = _forward.Run(feed.Values, [_output], cancellationToken);
        return (ToDoubles(outputs[0]), outputs[0].GetTensorTypeAndShape().Shape);
    }

    /// <summary>The gradient of the output times the cotangent, all varied inputs in a row.</summary>
    public double[] Gradient(
        IReadOnlyDictionary<string, double[]> point, double[] cotangent, long[] shape, CancellationToken cancellationToken)
    {
        CheckedInput seed = new(_cotangent, ModelTypes.ToDataType(_gradient.Inputs[_cotangent].ElementDataType), shape);
        using Feed feed = new([.. Inputs, seed], new Dictionary<string, double[]>(point) { [_cotangent] = cotangent });
        using IDisposableReadOnlyCollection<OrtValue> outputs = _gradient.Run(feed.Values, _gradients, cancellationToken);
        return [.. outputs.SelectMany(ToDoubles)];
    }

    public void Dispose()
    {
        _forward.Dispose();
        _gradient.Dispose();
    }

    ModelProto WithoutGradient(ModelProto gradient)
    {
        ModelProto forward = gradient.Clone();
        foreach (ValueInfoProto other in forward.Graph.Output.Where(o => o.Name != _output).ToArray()) forward.Graph.Output.Remove(other);
        forward.Graph.Input.Remove(forward.Graph.Input.Single(i => i.Name == _cotangent));
        GraphPruning.Prune(forward.Graph);
        return forward;
    }

    static double[] ToDoubles(OrtValue value) =>
        ModelTypes.ToDataType(value.GetTensorTypeAndShape().ElementDataType) is TensorProto.Types.DataType.Double
        ? value.GetTensorDataAsSpan<double>().ToArray()
        : Array.ConvertAll(value.GetTensorDataAsSpan<float>().ToArray(), x => (double)x);

    /// <summary>Values of inputs that the runtime holds for one run.</summary>
    sealed class Feed(IReadOnlyList<CheckedInput> inputs, IReadOnlyDictionary<string, double[]> point) : IDisposable
    {
        public IReadOnlyDictionary<string, OrtValue> Values { get; } =
            inputs.ToDictionary(i => i.Name, i => i.ToOrtValue(point.GetValueOrDefault(i.Name)));

        public void Dispose()
        {
            foreach (OrtValue value in Values.Values) value.Dispose();
        }
    }
}
