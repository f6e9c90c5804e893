using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using Cfgen.Inference.Bundles;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Graphs;

/// <summary>The name of a cache entry: the SHA-256 of everything that changes what is in it.</summary>
static class GraphCacheKey
{
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(Bundle bundle, ObjectiveKind objective, bool increase, GraphOptimizationLevel level)
    {
        StringBuilder text = new();
        text.Append("cfgen ").AppendLine(Version(typeof(GraphCacheKey)));
        text.Append("onnxruntime ").AppendLine(OrtEnv.Instance().GetVersionString());
        text.Append("level ").Append(level).AppendLine();
        text.Append("cpu ").AppendLine(CpuFeatures());
        text.Append("objective ").Append(objective).Append(' ').Append(increase).AppendLine();
        foreach (BundleFile file in bundle.Files.Where(f => f != bundle.Mapping && f != bundle.LatentMean && f != bundle.LatentCovariance))
            text.Append(file.Role).Append(' ').Append(file.Sha256).Append(' ').AppendJoin(' ', DataFiles(file.Path)).AppendLine();
        // Which of the models were given by option decides whether the names in model.json apply to them.
        text.AppendJoin(' ', bundle.Files.Select(f => Path.GetDirectoryName(f.Path) == bundle.Folder)).AppendLine();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Version of an assembly as its build wrote it.</summary>
    public static string Version(Type type) => type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>What decides the layout that the runtime chooses for its convolutions.</summary>
    static string CpuFeatures() => $"{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture} vector{Vector<byte>()} avx2={Avx2.IsSupported} fma={Fma.IsSupported} avx512={Avx512F.IsSupported}";

    static int Vector<T>() where T : struct => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Length and time of data files beside a model: hashing gigabytes at every start would cost more than it protects from.</summary>
    static IEnumerable<string> DataFiles(string modelPath)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
        string name = Path.GetFileName(modelPath);
        return from file in new DirectoryInfo(folder).EnumerateFiles(name + "*")
               where file.Name != name
               orderby file.Name
               select $"{file.Name}:{file.Length}:{file.LastWriteTimeUtc.Ticks}";
    }
}
