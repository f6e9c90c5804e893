using System.Text.Encodings.Web;
using System.Text.Json;
using Cfgen.Inference.Codes;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Bundles;

/// <summary>Makes a bundle's folder of models that lie elsewhere.</summary>
public static class BundleWriter
{
    /// <summary>Names of the files in the folder. Exported models are often all called <c>model.onnx</c>; in the bundle each has the name
    /// of what it is for.</summary>
    public const string GeneratorName = "generator.onnx", MappingName = "mapping.onnx", EncoderName = "encoder.onnx",
        ClassifierName = "classifier.onnx", MeanName = "w_mean.npy", CovarianceName = "w_covariance.npy";

    /// <summary>Copies the files of a bundle and writes the <c>model.json</c> that names them with their hashes.</summary>
    /// <param name="bundle">Models given one by one, their manifest as it shall be but for the files.</param>
    /// <param name="codes">Mean and covariance, written where the bundle has no files for them; null writes none.</param>
    /// <param name="folder">A folder that is there.</param>
    /// <returns>Name in the folder and source of every file that was copied.</returns>
    /// <exception cref="CfgenException">A model's data beside it cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Write(Bundle bundle, CodeStatistics? codes, string folder)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        Dictionary<string, string> copied = [];
        ModelFileSpec? Take(string name, BundleFile? file)
        {
            if (file is null) return null;
            copied.Add(name, file.Path);
            return Copy(file, Path.Combine(folder, name));
        }

        ModelManifest manifest = bundle.Manifest;
        ModelFileSpec? classifier = Take(ClassifierName, bundle.Classifier), encoder = Take(EncoderName, bundle.Encoder);
        manifest = manifest with
        {
            Schema = ModelManifest.SchemaId,
            Generator = new()
            {
                Synthesis = Take(GeneratorName, bundle.Generator)!,
                Mapping = Take(MappingName, bundle.Mapping),
                Latent = Take(MeanName, bundle.LatentMean) is { } mean && Take(CovarianceName, bundle.LatentCovariance) is { } covariance
                    ? new() { Mean = mean, Covariance = covariance }
                    : codes is null ? null : Write(codes, folder),
            },
            Encoder = encoder is null ? null : new() { File = encoder.File, Sha256 = encoder.Sha256 },
            Classifier = classifier is null ? null : (manifest.Classifier ?? new() { File = "" }) with
            {
                File = classifier.File,
                Sha256 = classifier.Sha256,
                Output = bundle.Classifier!.Output ?? manifest.Classifier?.Output,
            },
        };
        Write(manifest, folder);
        return copied;
    }

    /// <summary>Writes <c>model.json</c>, with a list of the files that are in the folder.</summary>
    /// <param name="manifest">What it says.</param>
    /// <param name="folder">A folder that is there, with nothing in it but what is the bundle's.</param>
    /// <param name="later">Names of files that are yet to be written.</param>
    public static void Write(ModelManifest manifest, string folder, params IEnumerable<string> later)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        IEnumerable<string> files = Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file));
        files = files.Concat(later).Append(Bundle.ManifestName);
        manifest = manifest with { Files = [.. files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };
        // Letters stay letters: the file is for people to read and to change.
        ManifestJson json = new(new JsonSerializerOptions(ManifestJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NewLine = "\n",
        });
        File.WriteAllText(Path.Combine(folder, Bundle.ManifestName), JsonSerializer.Serialize(manifest, json.ModelManifest) + "\n");
    }

    /// <summary>The same bytes under another name; a model with data beside it is written anew with its data, which it names by where it
    /// lies, and so is one that is to compute in float32.</summary>
    static ModelFileSpec Copy(BundleFile file, string target)
    {
        if (Path.GetExtension(target) == ".onnx" && (file.ComputeFloat32 || OnnxFile.DataFiles(file.Path).Count > 0))
            OnnxFile.Save(file.LoadModel(), target);
        else
        {
            // Not File.Copy: a copy of a file that may only be read could not be put safely on the disk.
            using FileStream from = InputFile.OpenStream(file.Path, OnnxFile.MaxMessageBytes), to = File.Create(target);
            from.CopyTo(to);
        }
        return Describe(file.Role, target);
    }

    /// <summary>Writes mean and covariance of codes.</summary>
    /// <param name="codes">Two or more.</param>
    /// <param name="folder">A folder that is there.</param>
    public static LatentSpec Write(CodeStatistics codes, string folder)
    {
        ArgumentNullException.ThrowIfNull(codes);
        (string mean, string covariance) = (Path.Combine(folder, MeanName), Path.Combine(folder, CovarianceName));
        NpyFile.Write(mean, [codes.Dimension], codes.Mean);
        NpyFile.Write(covariance, [codes.Dimension, codes.Dimension], codes.Covariance());
        return new() { Mean = Describe("latent mean", mean), Covariance = Describe("latent covariance", covariance) };
    }

    /// <summary>A file that is in the bundle's folder already, with its hash, as <c>model.json</c> names it.</summary>
    /// <param name="role">What it is for.</param>
    /// <param name="path">Where it lies.</param>
    public static ModelFileSpec Describe(string role, string path) => new()
    {
        File = Path.GetFileName(path),
        Sha256 = BundleFile.Open(role, path, expectedSha256: null).Sha256,
    };
}
