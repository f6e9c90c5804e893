using System.Runtime.InteropServices;
using Cfgen.Inference.Runtime;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Tests;

public sealed class RuntimeLibraryTests
{
    [Fact]
    public void Telemetry_is_off_where_native_code_looks()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has one environment for all");
        _ = RuntimeLibrary.Version;
        Assert.Equal("1", Marshal.PtrToStringUTF8(NativeVariable("ORT_DISABLE_TELEMETRY")));
    }

    [Fact]
    public void Telemetry_is_off_in_the_environment_that_other_processes_inherit()
    {
        _ = RuntimeLibrary.Version;
        Assert.Equal("1", Environment.GetEnvironmentVariable("ORT_DISABLE_TELEMETRY"));
    }

    [Fact]
    public void The_runtime_tells_nothing_but_what_ends_it()
    {
        _ = RuntimeLibrary.Version;
        Assert.Equal(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, OrtEnv.Instance().EnvLogLevel);
    }

    [DllImport("libc", EntryPoint = "getenv")]
    static extern nint NativeVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
