using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Runtime;

/// <summary>
/// One pool of memory for the values of all sessions. A pool grows to what its session once needed and never shrinks; the sessions of a
/// search run one after the other, and with a pool each they would hold the sum of what they need instead of the most.
/// </summary>
static class SharedMemory
{
    const string UseKey = "session.use_env_allocators";

    // The runtime's own defaults: no limit, growing by doubling. Growing by what is asked for took a fifth more for the gradient of a
    // StyleGAN3 of 256 pixels.
    static readonly Lazy<bool> s_registered = new(() =>
    {
        using OrtMemoryInfo cpu = new(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using OrtArenaCfg defaults = new(maxMemory: 0, arenaExtendStrategy: 0, initialChunkSizeBytes: -1, maxDeadBytesPerChunk: -1);
        RuntimeLibrary.Environment.CreateAndRegisterAllocator(cpu, defaults);
        return true;
    });

    /// <summary>Lets a session take its memory there.</summary>
    public static void Use(SessionOptions options)
    {
        if (s_registered.Value) options.AddSessionConfigEntry(UseKey, "1");
    }
}
