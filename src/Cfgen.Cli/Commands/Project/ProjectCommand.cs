using System.CommandLine;
using Cfgen.Cli.CommandLine;
using Cfgen.Cli.Commands.Explain;
using Cfgen.Counterfactuals;
using static Cfgen.Cli.CommandLine.ValueOptions;

namespace Cfgen.Cli.Commands.Project;

/// <summary>Defines <c>cfgen project</c>: its names, its help and its checks.</summary>
sealed class ProjectCommand : Command, IHelpNotes
{
    readonly Argument<string?> _image = new("IMAGE") { Description = "The image whose code is looked for: PNG, JPEG, WebP or TIFF.", CustomParser = Texts.NotEmpty, Arity = ArgumentArity.ExactlyOne };

    readonly Option<string?> _out = Text("--out", "DIR", "Folder for the result, which appears whole or not at all. Default: IMAGE-projected in the present folder.", "-o");
    readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace an older result of cfgen.", Arity = ArgumentArity.Zero };
    readonly Option<string?> _bundle = Text("--bundle", "DIR", "Folder with model.json and the models it names. Default: CFGEN_BUNDLE, or models/digits beside the program; none where --generator is given.");
    readonly Option<string?> _generator = Text("--generator", "FILE", "ONNX generator to use instead of the bundle's, or without one.");
    readonly Option<string?> _mapping = Text("--mapping", "FILE", "ONNX mapping, z to latent code, that starts are drawn from. Default: the bundle's.");
    readonly Option<string?> _latentMean = Text("--latent-mean", "FILE", "Mean of the generator's latent codes, .npy. Default: the bundle's, or measured on mapped codes.");
    readonly Option<string?> _latentCovariance = Text("--latent-covariance", "FILE", "Covariance of the generator's latent codes, .npy. Default: the bundle's, or measured on mapped codes.");
    readonly Option<string?> _classifier = Text("--classifier", "FILE", "ONNX classifier, to see whether its decision is kept. Default: the bundle's, if it has one.");
    readonly Option<string?> _classifierOutput = Text("--classifier-output", "NAME",
        "The classifier's output to be looked at, where it has several. Default: the bundle's, else the first that can hold scores.");
    readonly Option<string?> _preprocessing = Text("--preprocessing", "FILE", "How the classifier wants its pictures: preprocessor_config.json of Hugging Face, config.json of timm, open_clip_config.json. Default: the bundle's.");
    readonly Option<string?> _classes = Text("--classes", "FILE", "Names of the classes, one a line or JSON. Default: the bundle's.");

    readonly Option<LatentSpace?> _space = ExplainChoices.Space.ToOption("--space", "SPACE", "One latent code for all layers, or one for each. Default: the bundle's.");
    readonly Option<int?> _steps = Number("--steps", "N", "Steps to take. Default: 300.", Numbers.Whole(1, 1_000_000));
    readonly Option<int?> _starts = Number("--starts", "K", "Codes drawn to start from, beside the mean; the best of all goes on after some steps. Default: 8.", Numbers.Whole(0, 1000));
    readonly Option<int?> _seed = Number("--seed", "S", "Seed of what is drawn. Default: 0.", Numbers.Whole(0, int.MaxValue));
    readonly Option<double?> _priorWeight = Number("--prior-weight", "X", "How strongly to stay near the images the generator was trained on, from 0. Default: 0.00001.", Numbers.From(0, 1_000_000, example: 0.00001));
    readonly Option<double?> _learningRate = Number("--learning-rate", "X", "Adam's largest learning rate, in standard deviations of the latent codes. Default: 0.15.", Numbers.Above(0, 1000, example: 0.1), "--lr");

    readonly Option<bool> _noCache = new("--no-cache") { Description = "Build the inversion graph afresh and keep none.", Arity = ArgumentArity.Zero };
    readonly Option<bool> _computeFloat32 = Precision.ComputeFloat32();
    readonly Option<int?> _threads = Number("--threads", "N", "Threads for the networks. Default: 0, one for each core.", Numbers.Whole(0, 1024));

    public ProjectCommand(CommonOptionSet common, Func<ProjectArguments, CommonOptions, CancellationToken, Task<ExitCode>> run)
        : base("project", "Find the latent code of one image without an encoder.")
    {
        Arguments.Add(_image);
        Option[] options =
        [
            _out, _overwrite, _bundle, _generator, _mapping, _latentMean, _latentCovariance, _classifier, _classifierOutput, _preprocessing,
                _classes,
            _space, _steps, _starts, _seed, _priorWeight, _learningRate, _noCache, _computeFloat32, _threads,
        ];
        foreach (Option option in options) Options.Add(option);
        this.RunsOnThePool((result, cancellationToken) => run(Bind(result), common.Bind(result), cancellationToken));
    }

    public string HelpNotes => """
        Examples:
          cfgen project seven.png
          cfgen project seven.png --space w+ --steps 1000 --out seven-in-w-plus
          cfgen project face.png --generator synthesis.onnx --mapping mapping.onnx
        """;

    ProjectArguments Bind(ParseResult result) => new(result.GetValue(_image)!)
    {
        Bundle = result.GetValue(_bundle),
        Generator = result.GetValue(_generator),
        Mapping = result.GetValue(_mapping),
        Classifier = result.GetValue(_classifier),
        ClassifierOutput = result.GetValue(_classifierOutput),
        LatentMean = result.GetValue(_latentMean),
        LatentCovariance = result.GetValue(_latentCovariance),
        Preprocessing = result.GetValue(_preprocessing),
        Classes = result.GetValue(_classes),
        Out = result.GetValue(_out),
        Overwrite = result.GetValue(_overwrite),
        Space = result.GetValue(_space),
        Steps = result.GetValue(_steps),
        Starts = result.GetValue(_starts),
        Seed = result.GetValue(_seed),
        PriorWeight = result.GetValue(_priorWeight),
        LearningRate = result.GetValue(_learningRate),
        NoCache = result.GetValue(_noCache),
        Threads = result.GetValue(_threads),
        ComputeFloat32 = result.GetValue(_computeFloat32),
    };
}
