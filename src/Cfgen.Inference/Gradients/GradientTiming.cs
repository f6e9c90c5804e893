using Cfgen.Autodiff;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Preparation;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Gradients;

/// <summary>Times a model's forward pass against the gradient file of the same model, in one process and by turns, so that whatever slows the machine slows both.</summary>
public static class GradientTiming
{
    /// <summary>Times.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="name">What to call it in errors, usually its path.</param>
    /// <param name="made">What to differentiate, as <see cref="GradientFile.Resolve"/> fills it in, with a cotangent.</param>
    /// <param name="settings">How often and how.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops it between two operators.</param>
    /// <exception cref="CfgenException">An operator without a rule, an input that no values can be drawn for, a batch that the model does not take, or a model that does not run.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static GradientTimingResult Run(ModelProto model, string name, GradientSettings made, GradientTimingSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        IReadOnlyList<ModelPort> ports = ModelPort.Inputs(model);
        RequireBatch(ports, settings.Batch, name);
        CheckedInput[] inputs = [.. ports.Select(p => CheckedInput.Of(p, name, settings.Batch))];
        (ModelProto prepared, IReadOnlyDictionary<string, TensorType> types) = ModelPreparation.Prepare(model, name);
        ModelProto gradient = GradientFile.Build(model, name, made);
        MultiplyAdds forwardCost = MultiplyAdds.Of(prepared, types, settings.Batch);
        MultiplyAdds gradientCost = MultiplyAdds.Of(gradient, ModelTypes.Read(gradient, name), settings.Batch);
        cancellationToken.ThrowIfCancellationRequested();

        using ModelSession forwardSession = ModelSession.FromModel(prepared, name, settings.Session);
        using ModelSession gradientSession = ModelSession.FromModel(gradient, name, settings.Session);
        (TimeSpan forward, TimeSpan both) = Alternate(forwardSession, gradientSession, inputs, made.Output!, settings.Repeat, time, cancellationToken);
        return new(forward, both, forwardCost, gradientCost);
    }

    /// <summary>The medians of both, after one run of each that warms memory and caches.</summary>
    static (TimeSpan Forward, TimeSpan Gradient) Alternate(ModelSession forward, ModelSession gradient, CheckedInput[] inputs, string output, int repeat, TimeProvider time, CancellationToken cancellationToken)
    {
        Random random = new(0);
        Dictionary<string, OrtValue> feeds = [];
        try
        {
            foreach (CheckedInput input in inputs) feeds[input.Name] = Draw(input, random);
            Dictionary<string, OrtValue> forwardFeeds = new(feeds);
            string cotangent = GradientFile.CotangentOf(output);
            long[] shape;
            using (IDisposableReadOnlyCollection<OrtValue> first = forward.Run(forwardFeeds, [output], cancellationToken)) shape = first[0].GetTensorTypeAndShape().Shape;
            feeds[cotangent] = Draw(new(cotangent, ModelTypes.ToDataType(gradient.Inputs[cotangent].ElementDataType), shape), random);

            TimeSpan[] forwardTimes = new TimeSpan[repeat], gradientTimes = new TimeSpan[repeat];
            Once(forward, forwardFeeds, time, cancellationToken);
            Once(gradient, feeds, time, cancellationToken);
            for (int i = 0; i < repeat; i++)
            {
                forwardTimes[i] = Once(forward, forwardFeeds, time, cancellationToken);
                gradientTimes[i] = Once(gradient, feeds, time, cancellationToken);
            }
            return (Median(forwardTimes), Median(gradientTimes));
        }
        finally
        {
            foreach (OrtValue feed in feeds.Values) feed.Dispose();
        }
    }

    static TimeSpan Once(ModelSession session, Dictionary<string, OrtValue> feeds, TimeProvider time, CancellationToken cancellationToken)
    {
        string[] outputs = [.. session.Outputs.Keys];
        long start = time.GetTimestamp();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(feeds, outputs, cancellationToken);
        return time.GetElapsedTime(start);
    }

    static OrtValue Draw(CheckedInput input, Random random) => input.ToOrtValue(input.IsReal ? Gaussian.Vector(random, input.Length) : null);

    static TimeSpan Median(TimeSpan[] times)
    {
        Array.Sort(times);
        return (times[(times.Length - 1) / 2] + times[times.Length / 2]) / 2;
    }

    static void RequireBatch(IReadOnlyList<ModelPort> inputs, int batch, string name)
    {
        if (batch == 1 || inputs.Any(p => p.Shape is [null, ..])) return;
        throw new InputException(new("batch-fixed", "the model takes no other batch than that it was exported with") { Where = name, Found = $"a batch of {batch}; {string.Join("; ", inputs)}", Expected = "an input whose first length is free", Fix = "leave out --batch, or export the model with a free batch" });
    }
}
