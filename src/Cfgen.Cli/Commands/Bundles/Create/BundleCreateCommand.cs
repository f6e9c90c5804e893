using System.CommandLine;
using Cfgen.Cli.CommandLine;
using Cfgen.Inference.Bundles;
using static Cfgen.Cli.CommandLine.ValueOptions;

namespace Cfgen.Cli.Commands.Bundles.Create;

/// <summary>Defines <c>cfgen bundle create</c>: its names, its help and its checks.</summary>
sealed class BundleCreateCommand : Command, IHelpNotes
{
    static readonly Choices<PictureFit> s_fits = new(("pad", PictureFit.Pad), ("crop", PictureFit.Crop), ("resize", PictureFit.Resize), ("refuse", PictureFit.Refuse));

    readonly Argument<string?> _out = new("OUT") { Description = "Folder for the bundle, which appears whole or not at all.", CustomParser = Texts.NotEmpty, Arity = ArgumentArity.ExactlyOne };

    readonly Option<string?> _generator = new("--generator") { HelpName = "FILE", Description = "ONNX generator, latent code to picture.", CustomParser = Texts.NotEmpty, Required = true };
    readonly Option<string?> _mapping = Text("--mapping", "FILE", "ONNX mapping, z to latent code. A search does without it.");
    readonly Option<string?> _encoder = Text("--encoder", "FILE", "ONNX encoder, picture to latent code.");
    readonly Option<string?> _classifier = Text("--classifier", "FILE", "ONNX classifier, the network to be explained.");
    readonly Option<string?> _classifierOutput = Text("--classifier-output", "NAME",
        "The classifier's output to be explained, where it has several. Default: the first that can hold scores.");
    readonly Option<string?> _preprocessing = Text("--preprocessing", "FILE", "How the classifier wants its pictures: preprocessor_config.json of Hugging Face, config.json of timm, open_clip_config.json. Default: size and channels as its input declares them, values from 0 to 1.");
    readonly Option<string?> _classes = Text("--classes", "FILE", "Names of the classes, one a line or JSON. Default: classes go by their index.");
    readonly Option<string?> _latentMean = Text("--latent-mean", "FILE", "Mean of the generator's latent codes, .npy.");
    readonly Option<string?> _latentCovariance = Text("--latent-covariance", "FILE", "Covariance of the generator's latent codes, .npy: the scale of a search's steps.");
    readonly Option<string?> _encodeStatistics = Text("--encode-statistics", "DIR", "Measure mean and covariance on the codes that the encoder finds for the pictures in a folder.");
    readonly Option<ValueRange?> _imageRange = ValueRange.Option("--image-range", "The values that the generator has for black and white. Default: 0,1 where it ends in a sigmoid, else -1,1.");
    readonly Option<PictureFit?> _fit = s_fits.ToOption("--fit", "WAY", "What is done with a picture that has not the generator's size. Default: pad.");
    readonly Option<bool> _computeFloat32 = Precision.ComputeFloat32();
    readonly Option<string?> _name = Text("--name", "NAME", "Short name of the bundle. Default: the folder's.");
    readonly Option<string?> _origin = Text("--origin", "TEXT", "Where the networks come from.");
    readonly Option<string?> _licence = Text("--licence", "TEXT", "Licence of the weights.");
    readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace an older bundle, the whole folder.", Arity = ArgumentArity.Zero };

    public BundleCreateCommand(CommonOptionSet common, Func<BundleCreateArguments, CommonOptions, CancellationToken, Task<ExitCode>> run)
        : base("create", "Make a bundle of your models: copies of them, and a model.json that describes them.")
    {
        Arguments.Add(_out);
        Option[] options =
        [
            _generator, _mapping, _encoder, _classifier, _classifierOutput, _preprocessing, _classes, _latentMean, _latentCovariance,
                _encodeStatistics,
            _imageRange, _fit, _computeFloat32, _name, _origin, _licence, _overwrite,
        ];
        foreach (Option option in options) Options.Add(option);
        this.RunsOnThePool((result, cancellationToken) => run(Bind(result), common.Bind(result), cancellationToken));
    }

    public string HelpNotes => """
        Examples:
          cfgen bundle create my-bundle --generator decoder.onnx --encoder encoder.onnx --classifier classifier.onnx
          cfgen bundle create faces --generator g.onnx --encoder e.onnx --classifier c.onnx --preprocessing preprocessor_config.json --encode-statistics photos
        """;

    BundleCreateArguments Bind(ParseResult result) => new(result.GetValue(_out)!, result.GetValue(_generator)!)
    {
        Mapping = result.GetValue(_mapping),
        Encoder = result.GetValue(_encoder),
        Classifier = result.GetValue(_classifier),
        ClassifierOutput = result.GetValue(_classifierOutput),
        Preprocessing = result.GetValue(_preprocessing),
        Classes = result.GetValue(_classes),
        LatentMean = result.GetValue(_latentMean),
        LatentCovariance = result.GetValue(_latentCovariance),
        EncodeStatistics = result.GetValue(_encodeStatistics),
        ImageRange = result.GetValue(_imageRange),
        Fit = result.GetValue(_fit),
        Name = result.GetValue(_name),
        Origin = result.GetValue(_origin),
        Licence = result.GetValue(_licence),
        Overwrite = result.GetValue(_overwrite),
        ComputeFloat32 = result.GetValue(_computeFloat32),
    };
}
