using System.Runtime.CompilerServices;
using Cfgen.Inference.Runtime;

namespace Cfgen.Testing;

/// <summary>Compiled into every test project and the benchmarks, which call ONNX Runtime past this project's own library, too.</summary>
static class RuntimeTelemetryOff
{
    [ModuleInitializer]
    public static void BeforeAnythingElse() => RuntimeLibrary.DisableTelemetry();
}
