using Cfgen.Inference.Graphs;
using Cfgen.Inference.Processors;

namespace Cfgen.Inference.Bundles;

/// <summary>A folder with <c>model.json</c> and the files it names, checked: every file exists and has the hash that was
/// promised.</summary>
public sealed class Bundle
{
    /// <summary>Name of the manifest in a bundle's folder.</summary>
    public const string ManifestName = "model.json";

    static readonly FileKind s_manifest = new("manifest", "model.json", FileKind.MaxTextBytes);

    Bundle(string folder, ModelManifest manifest, BundleFile? manifestFile) =>
        (Folder, Manifest, ManifestFile) = (folder, manifest, manifestFile);

    /// <summary>The bundle's folder; empty for models given one by one.</summary>
    public string Folder { get; }

    /// <summary>What <c>model.json</c> says.</summary>
    public ModelManifest Manifest { get; }

    /// <summary><c>model.json</c> itself; null for models given one by one.</summary>
    public BundleFile? ManifestFile { get; }

    /// <summary>What to call the bundle in an error.</summary>
    public string Where => ManifestFile?.Path ?? "the models given by option";

    /// <summary>Latent code to image.</summary>
    public required BundleFile Generator { get; init; }

    /// <summary>z to latent code.</summary>
    public BundleFile? Mapping { get; init; }

    /// <summary>Image to latent code.</summary>
    public BundleFile? Encoder { get; init; }

    /// <summary>The network to be explained.</summary>
    public BundleFile? Classifier { get; init; }

    /// <summary>Mean of the codes, .npy.</summary>
    public BundleFile? LatentMean { get; init; }

    /// <summary>Covariance of the codes, .npy.</summary>
    public BundleFile? LatentCovariance { get; init; }

    /// <summary>How the classifier wants its pictures, where that was given as a file of its library.</summary>
    public BundleFile? Preprocessing { get; init; }

    /// <summary>Names of the classes, where they were given as a file.</summary>
    public BundleFile? Classes { get; init; }

    /// <summary>Every file in use, <c>model.json</c> first.</summary>
    public IEnumerable<BundleFile> Files =>
        new[] { ManifestFile, Generator, Mapping, Encoder, Classifier, Preprocessing, Classes, LatentMean,
        LatentCovariance }.OfType<BundleFile>();

    /// <summary>Opens a bundle; models given by path win over those that <c>model.json</c> names.</summary>
    /// <exception cref="InputException">The folder or a file is missing, a hash is wrong, or <c>model.json</c> cannot be
    /// understood.</exception>
    public static Bundle Open(string folder, ModelOverrides overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        string path = Path.Combine(folder, ManifestName);
        if (!File.Exists(path)) throw Missing(folder);
        Inside(folder, ManifestName, path);
        BundleFile manifestFile = BundleFile.Open("manifest", path, expectedSha256: null);
        ModelManifest manifest = ManifestReader.Read(InputFile.ReadAll(path, s_manifest), path);

        BundleFile? Given(string role, string? overridden, ModelFileSpec? spec) => (overridden, spec) switch
        {
            (not null, _) => BundleFile.Open(role, overridden, expectedSha256: null) with { ComputeFloat32 = overrides.ComputeFloat32 },
            (_, not null) => BundleFile.Open(role, Inside(folder, spec.File, path), spec.Sha256) with
            {
                ComputeFloat32 = overrides.ComputeFloat32,
            },
            _ => null,
        };

        // The distribution of the codes belongs to the bundle's own generator, not to another that is used in its place.
        LatentSpec? latent = overrides.Generator is null ? manifest.Generator.Latent : null;
        BundleFile? classifier = WithOutput(Given("classifier", overrides.Classifier, manifest.Classifier), overrides);
        return new(folder, WithFiles(manifest, overrides, classifier), manifestFile)
        {
            Generator = Given("generator", overrides.Generator, manifest.Generator.Synthesis)!,
            Mapping = Given("mapping", overrides.Mapping, overrides.Generator is null ? manifest.Generator.Mapping : null),
            Encoder = Given("encoder", overrides.Encoder, manifest.Encoder),
            Classifier = classifier,
            Preprocessing = Given("preprocessing", overrides.Preprocessing, null),
            Classes = Given("class names", overrides.Classes, null),
            LatentMean = Given("latent mean", overrides.LatentMean, latent?.Mean),
            LatentCovariance = Given("latent covariance", overrides.LatentCovariance, latent?.Covariance),
        };
    }

    /// <summary>A bundle of models given one by one, without <c>model.json</c>: what that would say is read off the models.</summary>
    /// <param name="files">With generator; a search needs encoder and classifier too.</param>
    /// <exception cref="CfgenException">A file is missing or unreadable, or a model does not tell the size of its pictures.</exception>
    public static Bundle FromModels(ModelOverrides files)
    {
        ArgumentNullException.ThrowIfNull(files);
        BundleFile? Given(string role, string? path) => path is null ? null : BundleFile.Open(role, path, expectedSha256: null) with
        {
            ComputeFloat32 = files.ComputeFloat32,
        };
        BundleFile generator = Given("generator", files.Generator)!;
        BundleFile? classifier = WithOutput(Given("classifier", files.Classifier), files);
        return new("", WithFiles(ManifestOfModels.Guess(generator, classifier), files, classifier), manifestFile: null)
        {
            Generator = generator,
            Mapping = Given("mapping", files.Mapping),
            Encoder = Given("encoder", files.Encoder),
            Classifier = classifier,
            Preprocessing = Given("preprocessing", files.Preprocessing),
            Classes = Given("class names", files.Classes),
            LatentMean = Given("latent mean", files.LatentMean),
            LatentCovariance = Given("latent covariance", files.LatentCovariance),
        };
    }

    /// <summary>The same models, told of in another way.</summary>
    public Bundle With(Func<ModelManifest, ModelManifest> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(Folder, change(Manifest), ManifestFile)
        {
            Generator = Generator,
            Mapping = Mapping,
            Encoder = Encoder,
            Classifier = Classifier,
            Preprocessing = Preprocessing,
            Classes = Classes,
            LatentMean = LatentMean,
            LatentCovariance = LatentCovariance,
        };
    }

    /// <summary>The manifest with what the classifier's own files say in place of what it says itself.</summary>
    static ModelManifest WithFiles(ModelManifest manifest, ModelOverrides overrides, BundleFile? classifier)
    {
        if (overrides.Preprocessing is { } path)
        {
            PreprocessingSpec spec = ProcessorFile.Read(path, manifest.Image, () => classifier is null ? null : ImageSize(classifier));
            manifest = manifest with { Classifier = (manifest.Classifier ?? new() { File = "" }) with { Preprocessing = spec } };
            ManifestRules.Check(manifest, path);
        }
        return overrides.Classes is { } names ? manifest with { Classes = ClassNamesFile.Read(names) } : manifest;
    }

    static BundleFile? WithOutput(BundleFile? classifier, ModelOverrides overrides) =>
        classifier is null ? null : classifier with { Output = overrides.ClassifierOutput };

    /// <summary>Height and width that a classifier's input declares; null where it leaves them free.</summary>
    static (int Height, int Width)? ImageSize(BundleFile classifier) =>
        ModelPort.Inputs(classifier.LoadModel()) is [{ Picture: { Height: { } height, Width: { } width } }, ..]
            ? ((int)height, (int)width) : null;

    static InputException Missing(string folder)
    {
        bool isFile = File.Exists(folder), isManifest = isFile && Path.GetFileName(folder) == ManifestName;
        return new(new("bundle-missing", "this is not a bundle")
        {
            Where = folder,
            Found = isFile ? "a file" : Directory.Exists(folder) ? $"a folder without {ManifestName}" : "no such folder",
            Expected = $"a folder with {ManifestName} and the files it names",
            Fix = isManifest ? "name the folder that it lies in"
                : isFile ? "name the bundle's folder, or give a model with --generator, --encoder or --classifier"
                : "name the bundle's folder with --bundle or CFGEN_BUNDLE",
        });
    }

    /// <summary>A bundle is an untrusted folder: what it names must lie in it.</summary>
    static string Inside(string folder, string file, string manifestPath)
    {
        (string? path, string found, string expected) = FolderFile.Find(folder, file);
        return path ?? throw new InputException(new("bundle-path-refused", "model.json names a file outside the bundle")
        {
            Where = manifestPath,
            Found = found,
            Expected = expected,
            Fix = "copy the file into the bundle",
        });
    }
}
