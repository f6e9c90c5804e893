using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference;

/// <summary>The native library behind this project.</summary>
public static class RuntimeLibrary
{
    /// <summary>Version of ONNX Runtime, such as <c>1.31.1</c>.</summary>
    public static string Version => OrtEnv.Instance().GetVersionString();
}
