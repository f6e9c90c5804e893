using System.CommandLine;
using static Cfgen.Cli.CommandLine.ValueOptions;

namespace Cfgen.Cli.CommandLine;

/// <summary>The options that name a bundle, and models in the place of its own.</summary>
/// <param name="hasBundle">Whether there is a bundle whose values hold where nothing is given.</param>
sealed class BundleOptionSet(bool hasBundle)
{
    /// <summary><c>--bundle</c>.</summary>
    public Option<string?> Bundle { get; } = Text("--bundle", "DIR",
        "Folder with model.json and the models it names. Default: CFGEN_BUNDLE, or models/digits beside the program; "
        + "none where --generator is given.");

    /// <summary><c>--generator</c>.</summary>
    public Option<string?> Generator { get; } =
        Text("--generator", "FILE", Else("ONNX generator, latent code to picture.", hasBundle, "the bundle's"));

    /// <summary><c>--mapping</c>.</summary>
    public Option<string?> Mapping { get; } =
        Text("--mapping", "FILE", Else("ONNX mapping, z to latent code, that starts are drawn from.", hasBundle, "the bundle's"));

    /// <summary><c>--encoder</c>.</summary>
    public Option<string?> Encoder { get; } =
        Text("--encoder", "FILE", Else("ONNX encoder, picture to latent code.", hasBundle, "the bundle's"));

    /// <summary><c>--classifier</c>.</summary>
    public Option<string?> Classifier { get; } =
        Text("--classifier", "FILE", Else("ONNX classifier, the network to be explained.", hasBundle, "the bundle's"));

    /// <summary><c>--classifier-output</c>.</summary>
    public Option<string?> ClassifierOutput { get; } = Text("--classifier-output", "NAME",
        $"The classifier's output to be explained, where it has several. Default: {(hasBundle ? "the bundle's, else " : "")}"
        + "the first that can hold scores.");

    /// <summary><c>--preprocessing</c>.</summary>
    public Option<string?> Preprocessing { get; } = Text("--preprocessing", "FILE",
        Else("How the classifier wants its pictures: preprocessor_config.json of Hugging Face, config.json of timm, "
            + "open_clip_config.json.", hasBundle, "the bundle's", "size and channels as its input declares them, values from 0 to 1"));

    /// <summary><c>--classes</c>.</summary>
    public Option<string?> Classes { get; } = Text("--classes", "FILE",
        Else("Names of the classes, one a line or JSON.", hasBundle, "the bundle's", "classes go by their index"));

    /// <summary><c>--latent-mean</c>.</summary>
    public Option<string?> LatentMean { get; } =
        Text("--latent-mean", "FILE", Else("Mean of the generator's latent codes, .npy.", hasBundle, "the bundle's"));

    /// <summary><c>--latent-covariance</c>.</summary>
    public Option<string?> LatentCovariance { get; } = Text("--latent-covariance", "FILE",
        Else("Covariance of the generator's latent codes, .npy: the scale of the steps.", hasBundle, "the bundle's"));

    /// <summary><c>--encode-statistics</c>.</summary>
    public Option<string?> EncodeStatistics { get; } = Text("--encode-statistics", "DIR",
        "Where no mean and covariance are given, measure them on the codes that the encoder finds for the pictures in a folder.");

    /// <summary><c>--compute-float32</c>.</summary>
    public Option<bool> ComputeFloat32 { get; } = Precision.ComputeFloat32();

    /// <summary>All of them; a command leaves out what means nothing to it.</summary>
    public IEnumerable<Option> All =>
    [
        Bundle, Generator, Mapping, Encoder, Classifier, ClassifierOutput, LatentMean, LatentCovariance, EncodeStatistics, Preprocessing,
        Classes, ComputeFloat32,
    ];

    /// <summary>What was typed.</summary>
    public ModelArguments Bind(ParseResult result) => new()
    {
        Bundle = result.GetValue(Bundle),
        Generator = result.GetValue(Generator),
        Mapping = result.GetValue(Mapping),
        Encoder = result.GetValue(Encoder),
        Classifier = result.GetValue(Classifier),
        ClassifierOutput = result.GetValue(ClassifierOutput),
        Preprocessing = result.GetValue(Preprocessing),
        Classes = result.GetValue(Classes),
        LatentMean = result.GetValue(LatentMean),
        LatentCovariance = result.GetValue(LatentCovariance),
        EncodeStatistics = result.GetValue(EncodeStatistics),
        ComputeFloat32 = result.GetValue(ComputeFloat32),
    };

    /// <summary>A description that ends with what holds where nothing is given.</summary>
    static string Else(string description, bool hasBundle, string ofBundle, string? without = null)
    {
        string? fallback = hasBundle ? ofBundle : without;
        return fallback is null ? description : $"{description} Default: {fallback}.";
    }
}
