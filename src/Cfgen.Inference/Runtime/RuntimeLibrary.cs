using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Runtime;

/// <summary>The native library behind this project: ONNX Runtime, without its telemetry and without a word on stderr.</summary>
public static class RuntimeLibrary
{
    static readonly Lazy<OrtEnv> s_environment = new(Open);

    /// <summary>Version of ONNX Runtime, such as <c>1.31.1</c>.</summary>
    public static string Version => Environment.GetVersionString();

    /// <summary>The one environment that all sessions of a process share, asked for before anything else of the runtime.</summary>
    internal static OrtEnv Environment => s_environment.Value;

    /// <summary>
    /// Switches the telemetry of ONNX Runtime off for this process. This library does so by itself when any of it is first used.
    /// A program that calls the runtime on its own, too, calls this before: the runtime looks once, while it starts.
    /// </summary>
    public static void DisableTelemetry() => RuntimeTelemetry.Disable();

    static OrtEnv Open()
    {
        RuntimeTelemetry.Disable();
        OrtEnv environment = OrtEnv.IsCreated ? OrtEnv.Instance() : Create();
        environment.DisableTelemetryEvents(); // a second lock, should a later runtime read another variable
        environment.EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
        return environment;
    }

    /// <summary>What the runtime says of devices while it starts is for its developers; its errors arrive as exceptions.</summary>
    static OrtEnv Create()
    {
        EnvironmentCreationOptions quiet = new() { logId = "cfgen", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        return OrtEnv.CreateInstanceWithOptions(ref quiet);
    }
}
