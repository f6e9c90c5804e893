using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cfgen.Inference.Runtime;

/// <summary>
/// Keeps ONNX Runtime from gathering and sending usage data. Left to itself it stores a lasting id of the machine and a database
/// of events in the user's cache folder, and uploads them.
/// </summary>
static partial class RuntimeTelemetry
{
    /// <summary>The variable that the runtime reads once, while it starts.</summary>
    public const string Variable = "ORT_DISABLE_TELEMETRY";

    const string Off = "1";

    /// <summary>Switches it off for this process, whatever the variable was set to.</summary>
#pragma warning disable CA2255 // meant for applications: here it is what makes sure that no use of this library comes before it
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Disable()
    {
        Environment.SetEnvironmentVariable(Variable, Off);
        // On Unix .NET keeps a copy of the environment of its own, which native code does not see.
        if (!OperatingSystem.IsWindows() && SetVariable(Variable, Off, overwrite: 1) != 0)
            throw new InvalidOperationException($"{Variable} cannot be set: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
