using Cfgen.Autodiff;
using Cfgen.Counterfactuals.Numerics;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Preparation;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Gradients;

/// <summary>
/// Times a model's forward pass against the gradient file of the same model, in one process and by turns, so that whatever slows the
/// machine slows both.
/// </summary>
public static class GradientTiming
{
    /// <summary>Times.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="name">What to call it in errors, usually its path.</param>
    /// <param name="made">What to differentiate, as <see cref="GradientFile.Resolve"/> fills it in, with a cotangent.</param>
    /// <param name="settings">How often and how.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops it between two operators.</param>
    /// <exception cref="CfgenException">
    /// An operator without a rule, an input that no values can be drawn for, a batch that the model does not take, or a model that does not
    /// run.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static GradientTimingResult Run(
        ModelProto model, string name, GradientSettings made, GradientTimingSettings settings, TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        IReadOnlyList<ModelPort> ports = ModelPort.Inputs(model);
        RequireBatch(ports, settings.Batch, name);
        CheckedInput[] inputs = [.. ports.Select(p => CheckedInput.Of(p, name, settings.Batch))];
        (ModelProto prepared, IReadOnlyDictionary<string, TensorType> types) = ModelPreparation.Prepare(model, name);
        ModelProto gradient = GradientFile.Build(model, name, made);
        (ModelProto scaled, IReadOnlyDictionary<string, TensorType> scaledTypes) =
            ModulatedConvolutions.ScaleImages(prepared, types, name);
        MultiplyAdds forwardCost = MultiplyAdds.Of(prepared, types, settings.Batch);
        MultiplyAdds gradientCost = MultiplyAdds.Of(gradient, ModelTypes.Read(gradient, name), settings.Batch);
        cancellationToken.ThrowIfCancellationRequested();

        RandomState random = new(0);
        Dictionary<string, OrtValue> forwardFeeds = [], gradientFeeds = [];
        try
        {
            foreach (CheckedInput input in inputs) gradientFeeds[input.Name] = forwardFeeds[input.Name] = Draw(input, random);
            using ModelSession forwardSession = ModelSession.FromModel(prepared, name, settings.Session);
            using ModelSession gradientSession = ModelSession.FromModel(gradient, name, settings.Session);
            string cotangent = GradientFile.CotangentOf(made.Output!);
            gradientFeeds[cotangent] =
                Draw(new(cotangent, ModelTypes.ToDataType(gradientSession.Inputs[cotangent].ElementDataType),
                    ShapeOf(forwardSession, forwardFeeds, made.Output!, cancellationToken)),
                    random);
            (TimeSpan forward, TimeSpan both) =
                Alternate(forwardSession, forwardFeeds, gradientSession, gradientFeeds, settings.Repeat, time, cancellationToken);
            return new(forward, both, forwardCost, gradientCost)
            {
                Computed = ComputedWeights.Of(scaled, scaledTypes, settings.Batch, made.WithRespectTo, made.Output!),
                ForwardOperators =
                    OperatorTimes.Measure(prepared, name, settings.Session, forwardFeeds, settings.Repeat, cancellationToken),
                GradientOperators =
                    OperatorTimes.Measure(gradient, name, settings.Session, gradientFeeds, settings.Repeat, cancellationToken),
            };
        }
        finally
        {
            foreach (OrtValue feed in gradientFeeds.Values) feed.Dispose();
        }
    }

    static long[] ShapeOf(ModelSession session, Dictionary<string, OrtValue> feeds, string output, CancellationToken cancellationToken)
    {
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(feeds, [output], cancellationToken);
        return results[0].GetTensorTypeAndShape().Shape;
    }

    /// <summary>The medians of both, after one run of each that warms memory and caches.</summary>
    static (TimeSpan Forward, TimeSpan Gradient) Alternate(
        ModelSession forward, Dictionary<string, OrtValue> forwardFeeds, ModelSession gradient, Dictionary<string, OrtValue> gradientFeeds,
        int repeat, TimeProvider time, CancellationToken cancellationToken)
    {
        TimeSpan[] forwardTimes = new TimeSpan[repeat], gradientTimes = new TimeSpan[repeat];
        Once(forward, forwardFeeds, time, cancellationToken);
        Once(gradient, gradientFeeds, time, cancellationToken);
        for (int i = 0; i < repeat; i++)
        {
            forwardTimes[i] = Once(forward, forwardFeeds, time, cancellationToken);
            gradientTimes[i] = Once(gradient, gradientFeeds, time, cancellationToken);
        }
        return (Median.Of(forwardTimes), Median.Of(gradientTimes));
    }

    static TimeSpan Once(ModelSession session, Dictionary<string, OrtValue> feeds, TimeProvider time, CancellationToken cancellationToken)
    {
        string[] outputs = [.. session.Outputs.Keys];
        long start = time.GetTimestamp();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(feeds, outputs, cancellationToken);
        return time.GetElapsedTime(start);
    }

    static OrtValue Draw(CheckedInput input, RandomState random) => input.ToOrtValue(input.IsReal ? random.Normal(input.Length) : null);

    static void RequireBatch(IReadOnlyList<ModelPort> inputs, int batch, string name)
    {
        if (batch == 1 || inputs.Any(p => p.Shape is [null, ..])) return;
        throw new InputException(new("batch-fixed", "the model takes no other batch than that it was exported with")
        {
            Where = name,
            Found = $"a batch of {batch}; {string.Join("; ", inputs)}",
            Expected = "an input whose first length is free",
            Fix = "leave out --batch, or export the model with a free batch",
        });
    }
}
