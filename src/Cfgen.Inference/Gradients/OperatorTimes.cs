using System.Text.Json;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Gradients;

/// <summary>
/// Time in each of the runtime's operators, by the runtime's own profiler. Profiling costs a few microseconds a node, so this is for
/// shares, in runs apart from those that are timed. The operators are those of the optimised graph: <c>ReorderInput</c> and
/// <c>ReorderOutput</c> change the layout of pictures around convolutions, <c>FusedGemm</c> has an activation in it.
/// </summary>
public static class OperatorTimes
{
    const string KernelSuffix = "_kernel_time";

    /// <summary>Runs the model so many times.</summary>
    /// <returns>For each operator, the sum over its nodes of their median time.</returns>
    /// <exception cref="ModelContractException">The runtime refuses the model.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyDictionary<string, TimeSpan> Measure(
        ModelProto model, string name, SessionSettings settings, IReadOnlyDictionary<string, OrtValue> feeds, int repeat,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string folder = Directory.CreateTempSubdirectory("cfgen-profile-").FullName;
        try
        {
            string profile;
            using (ModelSession session =
                ModelSession.FromModel(model, name, settings with { ProfilePrefix = Path.Combine(folder, "run") }))
            {
                string[] outputs = [.. session.Outputs.Keys];
                for (int i = 0; i < repeat; i++) session.Run(feeds, outputs, cancellationToken).Dispose();
                profile = session.EndProfiling();
            }
            using FileStream file = File.OpenRead(profile);
            return Read(file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Reads a profile as the runtime writes it: trace events, one a kernel's run, with its duration in microseconds.</summary>
    static Dictionary<string, TimeSpan> Read(Stream profile)
    {
        using JsonDocument events = JsonDocument.Parse(profile);
        return (from e in events.RootElement.EnumerateArray()
                where e.TryGetProperty("cat", out JsonElement category) && category.GetString() == "Node"
                let node = e.GetProperty("name").GetString()!
                where node.EndsWith(KernelSuffix, StringComparison.Ordinal)
                let name = e.GetProperty("args").GetProperty("op_name").GetString()!
                group e.GetProperty("dur").GetDouble() by (node, Operator: name) into runs
                group Median.Of<double>([.. runs]) by runs.Key.Operator)
            .ToDictionary(g => g.Key, g => TimeSpan.FromMicroseconds(g.Sum()), StringComparer.Ordinal);
    }
}
