using System.Diagnostics;
using System.Globalization;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Tests.StyleGan3;
using Cfgen.StyleGan.Torch;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Benchmarks.StyleGan;

/// <summary>
/// What one image costs, and one image with its gradient: the imported graph against a straight transcription of the published operations,
/// in turns.
/// </summary>
static class GeneratorMeasurement
{
    const int Turns = 5;

    /// <param name="pickle">
    /// A network file, or null for the digits' generator and a drawn one of configuration T, 256 pixels, at most 64 channels.
    /// </param>
    public static IEnumerable<string> Run(string? pickle)
    {
        yield return "| network | what | imported | transcribed | ratio | largest difference |";
        yield return "| --- | --- | --- | --- | --- | --- |";
        foreach (string line in Rows(NetworkPickle.Open(pickle ?? Path.Combine("models", "digits", "generator.pkl")))) yield return line;
        if (pickle is not null) yield break;
        StyleGan3Plan plan = new() { Resolution = 256, ChannelMax = 64 };
        foreach (string line in Rows(NetworkPickle.Parse(plan.ToFile(), "T, 256 pixels, 64 channels"))) yield return line;
    }

    static IEnumerable<string> Rows(NetworkPickle pickle)
    {
        ImportedGenerator generator = GeneratorImport.Import(pickle, GeneratorImport.DefaultNetwork, new());
        ModelProto transcribed =
            new TranscribedSynthesis(pickle.Module(GeneratorImport.DefaultNetwork).Child("synthesis"), batch: 1).Write();
        yield return Row(pickle.Name, "forward", generator.Facts, generator.Synthesis, transcribed);
        yield return Row(pickle.Name, "forward and backward", generator.Facts, Gradient(generator.Synthesis), Gradient(transcribed));
    }

    static ModelProto Gradient(ModelProto model) =>
        GradientFile.Build(model, "synthesis", new() { Output = "image", WithRespectTo = ["ws"] });

    static string Row(string name, string what, GeneratorFacts facts, ModelProto imported, ModelProto transcribed)
    {
        using ModelSession ours = ModelSession.FromModel(imported, "imported", new()),
            theirs = ModelSession.FromModel(transcribed, "transcribed", new());
        Dictionary<string, OrtValue> inputs = new() { ["ws"] = Drawn(1, 1, facts.NumWs, facts.WDim) };
        if (ours.Inputs.ContainsKey("image_cotangent"))
            inputs["image_cotangent"] = Drawn(2, 1, facts.ImageChannels, facts.ImageResolution, facts.ImageResolution);
        string output = ours.Outputs.ContainsKey("ws_gradient") ? "ws_gradient" : "image";
        (double Ours, double Theirs) best = (double.MaxValue, double.MaxValue);
        float[] a = [], b = [];
        for (int turn = 0; turn < Turns; turn++)
        {
            best = (Math.Min(best.Ours, Time(ours, inputs, output, out a)), Math.Min(best.Theirs, Time(theirs, inputs, output, out b)));
        }
        foreach (OrtValue value in inputs.Values) value.Dispose();
        double difference = a.Zip(b, (x, y) => Math.Abs(x - y)).Max() / b.Max(Math.Abs);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {what} | {best.Ours:0.00} ms | {best.Theirs:0.00} ms | {best.Ours / best.Theirs:0.00} | {difference:0.0E+0} |");
    }

    static double Time(ModelSession session, Dictionary<string, OrtValue> inputs, string output, out float[] result)
    {
        long start = Stopwatch.GetTimestamp();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(inputs, [output], CancellationToken.None);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        result = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        return milliseconds;
    }

    static OrtValue Drawn(int seed, params long[] shape)
    {
        Random random = new(seed);
        return OrtValue.CreateTensorValueFromMemory(
            [.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => (float)(random.NextDouble() * 3 - 1.5))], shape);
    }
}
