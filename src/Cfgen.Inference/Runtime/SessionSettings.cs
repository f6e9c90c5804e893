using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Runtime;

/// <summary>How ONNX Runtime runs a model.</summary>
public sealed record SessionSettings
{
    /// <summary>Threads that share one operator's work; 0, the default, takes all cores. The results are the same bits for every
    /// number.</summary>
    public int Threads { get; init; }

    /// <summary>Optimisation level. All is the default: the layout of its convolutions suits the machine's vector units.</summary>
    public GraphOptimizationLevel Level { get; init; } = GraphOptimizationLevel.ORT_ENABLE_ALL;

    /// <summary>Where the runtime writes how long each operator took, without the time of day that it adds; null, the default, writes
    /// nothing.</summary>
    internal string? ProfilePrefix { get; init; }

    /// <summary>Most bytes of a tensor that the runtime computes of constants while it loads the model; null, the default, leaves that
    /// to it.</summary>
    internal long? LargestFolded { get; init; }

    internal SessionOptions ToOptions()
    {
        SessionOptions options = Plain();
        SharedMemory.Use(options);
        if (LargestFolded is { } bytes)
            options.AddSessionConfigEntry(
                "optimization.constant_folding_max_output_size_in_bytes", bytes.ToString(CultureInfo.InvariantCulture));
        if (ProfilePrefix is null) return options;
        options.ProfileOutputPathPrefix = ProfilePrefix;
        options.EnableProfiling = true;
        return options;
    }

    SessionOptions Plain() => new()
    {
        IntraOpNumThreads = Threads,
        GraphOptimizationLevel = Level,
        // With a pattern the runtime keeps the memory of the first run and takes as much again in one piece for the next ones: twice the
        // memory, and no run was faster for it.
        EnableMemoryPattern = false,
        // What the runtime warns of concerns whoever exported the model; its errors arrive as exceptions.
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
    };
}
