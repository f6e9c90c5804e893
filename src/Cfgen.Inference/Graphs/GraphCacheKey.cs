using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Runtime;
using Cfgen.Inference.Views;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Graphs;

/// <summary>The name of a cache entry: the SHA-256 of everything that changes what is in it.</summary>
static class GraphCacheKey
{
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(Bundle bundle, ObjectiveSpec objective, GraphOptimizationLevel level)
    {
        StringBuilder text = Begin(bundle, level);
        text.Append("objective ").Append(objective.Kind).Append(' ').Append(objective.Increase).AppendLine();
        foreach (View view in objective.Views.All)
            text.AppendLine(CultureInfo.InvariantCulture, $"view {view.ShiftX:R} {view.ShiftY:R} {view.Rotation:R} {view.Scale:R}");
        foreach ((BundleFile? file, ModelFileSpec? spec) in Models(bundle)) AppendModel(text, bundle, file, spec);
        return Hash(text);
    }

    /// <summary>The name of an inversion graph, which knows the generator alone.</summary>
    /// <returns>64 hexadecimal digits.</returns>
    public static string OfInversion(Bundle bundle, GraphOptimizationLevel level)
    {
        StringBuilder text = Begin(bundle, level);
        text.AppendLine("inversion");
        AppendModel(text, bundle, bundle.Generator, bundle.Manifest.Generator.Synthesis);
        return Hash(text);
    }

    /// <summary>The name of class statistics, which depend on what generator and classifier make of codes.</summary>
    /// <param name="bundle">With classifier.</param>
    /// <param name="distribution">What codes are drawn from, and measured in.</param>
    /// <param name="draws">How many.</param>
    /// <param name="seed">Of what is drawn.</param>
    /// <param name="level">How the networks are optimised.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string OfStatistics(
        Bundle bundle, LatentDistribution distribution, int draws, uint seed, GraphOptimizationLevel level)
    {
        StringBuilder text = Begin(bundle, level);
        text.AppendLine(CultureInfo.InvariantCulture, $"class statistics 1, {draws} draws of seed {seed}");
        AppendModel(text, bundle, bundle.Generator, bundle.Manifest.Generator.Synthesis);
        AppendModel(text, bundle, bundle.Classifier, bundle.Manifest.Classifier);
        foreach (ReadOnlyMemory<double> numbers in new[] { distribution.Mean, distribution.Factor })
            text.AppendLine(Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(numbers.Span))));
        return Hash(text);
    }

    static StringBuilder Begin(Bundle bundle, GraphOptimizationLevel level)
    {
        // What model.json says for people, or of searches and descriptors, changes nothing in what is kept.
        ModelManifest said = bundle.Manifest with
        {
            Name = "",
            Description = null,
            Descriptors = null,
            Search = null,
            Origin = null,
            Licence = null,
            Files = null,
        };
        StringBuilder text = new();
        text.AppendLine("graphs 3"); // which outputs the graphs have, and which facts are kept
        text.Append("cfgen ").AppendLine(Version(typeof(GraphCacheKey)));
        text.Append("onnxruntime ").AppendLine(RuntimeLibrary.Version);
        text.Append("level ").Append(level).AppendLine();
        text.Append("cpu ").AppendLine(CpuFeatures());
        text.Append("manifest ").AppendLine(JsonSerializer.Serialize(said, ManifestJson.Default.ModelManifest)); // as options changed it
        return text;
    }

    static void AppendModel(StringBuilder text, Bundle bundle, BundleFile? file, ModelFileSpec? spec)
    {
        if (file is null) return;
        // A model given by option is not the one that model.json says things about, though its content be the same.
        bool own = GraphBuilder.Spec(file, bundle, spec) is not null;
        text.Append(file.Role).Append(' ').Append(file.Sha256).Append(' ').Append(own).Append(' ').Append(file.ComputeFloat32).Append(' ');
        text.Append(file.Output).Append(' ').AppendJoin(' ', DataFiles(file.Path)).AppendLine();
    }

    static string Hash(StringBuilder text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

    static (BundleFile? File, ModelFileSpec? Spec)[] Models(Bundle bundle) =>
        [(bundle.Generator, bundle.Manifest.Generator.Synthesis), (bundle.Encoder, bundle.Manifest.Encoder),
            (bundle.Classifier, bundle.Manifest.Classifier)];

    /// <summary>Version of an assembly as its build wrote it.</summary>
    public static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>What decides the layout that the runtime chooses for its convolutions.</summary>
    static string CpuFeatures() =>
        $"{RuntimeInformation.ProcessArchitecture} vector{Vector<byte>()} "
        + $"avx2={Avx2.IsSupported} fma={Fma.IsSupported} avx512={Avx512F.IsSupported}";

    static int Vector<T>() where T : struct => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Length and time of the data files that a model keeps its weights in: hashing gigabytes at every start would cost more than
    /// it protects from.</summary>
    static IEnumerable<string> DataFiles(string modelPath)
    {
        FileInfo model = new(Path.GetFullPath(modelPath));
        byte[] bytes = OnnxFile.ReadAll(model.FullName);
        if (bytes.AsSpan().IndexOf("location"u8) < 0) return
            []; // the key that names a data file: most models have none and need no parsing
        IEnumerable<string> names =
            from tensor in OnnxFile.Parse(bytes, modelPath).Graph.Initializer
            from entry in tensor.ExternalData
            where entry.Key == "location" && !entry.Value.Contains('\0', StringComparison.Ordinal)
            select entry.Value;
        return from name in names.Distinct()
               let data = new FileInfo(Path.Combine(model.DirectoryName!, name))
               where data.Exists
               select $"{name}:{data.Length}:{data.LastWriteTimeUtc.Ticks}";
    }
}
