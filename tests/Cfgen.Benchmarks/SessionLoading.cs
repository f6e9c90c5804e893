using System.Diagnostics;
using System.Globalization;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Benchmarks;

/// <summary>What loading the gradient graph costs: as cfgen keeps it, and as ONNX Runtime would save it after optimising it.</summary>
static class SessionLoading
{
    const int Repetitions = 15;

    public static IEnumerable<string> Run()
    {
        (ModelProto gradient, _, _) = GraphBuilder.Build(Samples.Bundle(), new());
        string plain = Path.GetTempFileName(), optimised = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(plain, gradient.ToByteArray());
            using (SessionOptions save = Options(GraphOptimizationLevel.ORT_ENABLE_ALL))
            {
                save.OptimizedModelFilePath = optimised;
                using InferenceSession once = new(plain, save);
            }
            yield return "| graph | level | size | load, median |";
            yield return "| --- | --- | --- | --- |";
            yield return Row("as kept", plain, GraphOptimizationLevel.ORT_ENABLE_ALL);
            yield return Row("as kept", plain, GraphOptimizationLevel.ORT_DISABLE_ALL);
            yield return Row("optimised and saved", optimised, GraphOptimizationLevel.ORT_DISABLE_ALL);
        }
        finally
        {
            File.Delete(plain);
            File.Delete(optimised);
        }
    }

    static string Row(string name, string path, GraphOptimizationLevel level)
    {
        double[] times = new double[Repetitions];
        for (int i = 0; i < Repetitions; i++)
        {
            using SessionOptions options = Options(level);
            long start = Stopwatch.GetTimestamp();
            using InferenceSession session = new(path, options);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {level} | {new FileInfo(path).Length / 1e6:0.00} MB | {Median.Of<double>(times):0.0} ms |");
    }

    static SessionOptions Options(GraphOptimizationLevel level) =>
        new() { GraphOptimizationLevel = level, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
}
