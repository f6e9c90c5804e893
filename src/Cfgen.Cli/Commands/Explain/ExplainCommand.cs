using System.CommandLine;
using System.Globalization;
using Cfgen.Cli.CommandLine;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;
using static Cfgen.Cli.CommandLine.ValueOptions;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>Defines <c>cfgen explain</c>: its names, its help and its checks.</summary>
sealed class ExplainCommand : Command, IHelpNotes
{
    static readonly SearchOptions s_defaults = new();

    readonly Argument<string?> _image = new("IMAGE") { Description = "The image to explain: PNG, JPEG, WebP or TIFF.", CustomParser = Texts.NotEmpty, Arity = ArgumentArity.ExactlyOne };

    readonly Option<string?> _targetClass = Text("--target-class", "CLASS",
        "The class to move towards, by name or by index from 0. Default: the second most probable one; with --direction decrease "
        + "the most probable one, which is the only one that can be left.",
        "-t");
    readonly Option<string?> _bundle = Text("--bundle", "DIR", "Folder with model.json and the models it names. Default: CFGEN_BUNDLE, or models/digits beside the program; none where --generator is given.");
    readonly Option<string?> _generator = Text("--generator", "FILE", "ONNX generator to use instead of the bundle's, or without one.");
    readonly Option<string?> _encoder = Text("--encoder", "FILE", "ONNX encoder to use instead of the bundle's.");
    readonly Option<string?> _classifier = Text("--classifier", "FILE", "ONNX classifier to explain instead of the bundle's.");
    readonly Option<string?> _classifierOutput = Text("--classifier-output", "NAME",
        "The classifier's output to be explained, where it has several. Default: the bundle's, else the first that can hold scores.");
    readonly Option<string?> _latentMean = Text("--latent-mean", "FILE", "Mean of the generator's latent codes, .npy. Default: the bundle's.");
    readonly Option<string?> _latentCovariance = Text("--latent-covariance", "FILE", "Covariance of the generator's latent codes, .npy: the scale of the steps. Default: the bundle's.");
    readonly Option<string?> _encodeStatistics = Text("--encode-statistics", "DIR", "Where no mean and covariance are given, measure them on the codes that the encoder finds for the pictures in a folder.");
    readonly Option<string?> _preprocessing = Text("--preprocessing", "FILE", "How the classifier wants its pictures: preprocessor_config.json of Hugging Face, config.json of timm, open_clip_config.json. Default: the bundle's.");
    readonly Option<string?> _classes = Text("--classes", "FILE", "Names of the classes, one a line or JSON. Default: the bundle's.");
    readonly Option<string?> _out = Text("--out", "DIR", "Folder for the result, which appears whole or not at all. Default: IMAGE-to-CLASS in the present folder.", "-o");
    readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Replace an older result of cfgen, and the file of --save-gradient-graph.",
        Arity = ArgumentArity.Zero,
    };

    readonly Option<SearchDirection?> _direction = ExplainChoices.Direction.ToOption("--direction", "WAY",
        "Towards the class, or away from it: reached when another class wins and the probability is at most 1 - threshold. "
        + "Default: increase.");
    readonly Option<ObjectiveKind?> _objective = ExplainChoices.Objective.ToOption("--objective", "KIND",
        $"What the search maximises. Default: the bundle's, else {ExplainChoices.Objective.NameOf(default)}.");
    readonly Option<LatentSpace?> _space = ExplainChoices.Space.ToOption("--space", "SPACE",
        $"One latent code for all layers, or one for each. Default: the bundle's, else {ExplainChoices.Space.NameOf(s_defaults.Space)}.");
    readonly Option<double?> _threshold = Number("--threshold", "X",
        Else("The probability of the class at which the search ends, on the picture as it is saved; above 0 and below 1.",
            s_defaults.Threshold),
        Numbers.Between(0, 1, example: 0.75));
    readonly Option<int?> _maxSteps =
        Number("--max-steps", "N", Else("The most steps to take.", 100), Numbers.Whole(1, 1_000_000));
    readonly Option<double?> _learningRate =
        Number("--learning-rate", "X",
        Else("Adam's learning rate, in standard deviations of the latent codes, or in their own unit where these are not known.",
            0.1),
        Numbers.Above(0, 1000, example: 0.1), "--lr");
    readonly Option<double?> _priorWeight = Number("--prior-weight", "X",
        Else("How strongly to stay near the images the generator was trained on, from 0.", s_defaults.PriorWeight),
        Numbers.From(0, 1_000_000, example: 0.1));
    readonly Option<int?> _refineInversion = Number("--refine-inversion", "N", "Steps that bring the encoder's code closer to the image before the search starts. Default: 0.", Numbers.Whole(0, 1_000_000));

    readonly Option<string?> _gradientGraph = Text("--gradient-graph", "FILE", "ONNX gradient graph to use instead of building one.");
    readonly Option<string?> _saveGradientGraph = Text("--save-gradient-graph", "FILE", "Write the gradient graph that was used.");
    readonly Option<bool> _noCache = new("--no-cache") { Description = "Build the gradient graph afresh and keep none.", Arity = ArgumentArity.Zero };
    readonly Option<bool> _computeFloat32 = Precision.ComputeFloat32();
    readonly Option<int?> _threads = Number("--threads", "N", "Threads for the networks. Default: 0, one for each core.", Numbers.Whole(0, 1024));

    readonly CommonOptionSet _common;

    public ExplainCommand(CommonOptionSet common, Func<ExplainArguments, CommonOptions, CancellationToken, Task<ExitCode>> run)
        : base("explain", "Explain one image: find the nearest image that the classifier puts into another class.")
    {
        _common = common;
        Arguments.Add(_image);
        Option[] options =
        [
            _targetClass, _out, _overwrite, _bundle, _generator, _encoder, _classifier, _classifierOutput, _latentMean, _latentCovariance,
                _encodeStatistics, _preprocessing, _classes,
            _direction, _objective, _space, _threshold, _maxSteps, _learningRate, _priorWeight, _refineInversion,
            _gradientGraph, _saveGradientGraph, _noCache, _computeFloat32, _threads,
        ];
        foreach (Option option in options) Options.Add(option);
        this.RunsOnThePool((result, cancellationToken) => run(Bind(result), _common.Bind(result), cancellationToken));
    }

    public string HelpNotes => """
        Examples:
          cfgen explain seven.png
          cfgen explain seven.png --target-class 9 --threshold 0.95 --out seven-as-nine
          cfgen explain part.png --bundle models/castings --classifier retrained.onnx --json
        """;

    /// <summary>A description that ends with what is in force where nothing is given: the bundle's value, and where it has none cfgen's
    /// own.</summary>
    static string Else(string description, double fallback) =>
        string.Create(CultureInfo.InvariantCulture, $"{description} Default: the bundle's, else {fallback}.");

    ExplainArguments Bind(ParseResult result) => new(result.GetValue(_image)!)
    {
        TargetClass = result.GetValue(_targetClass),
        Bundle = result.GetValue(_bundle),
        Generator = result.GetValue(_generator),
        Encoder = result.GetValue(_encoder),
        Classifier = result.GetValue(_classifier),
        ClassifierOutput = result.GetValue(_classifierOutput),
        LatentMean = result.GetValue(_latentMean),
        LatentCovariance = result.GetValue(_latentCovariance),
        EncodeStatistics = result.GetValue(_encodeStatistics),
        Preprocessing = result.GetValue(_preprocessing),
        Classes = result.GetValue(_classes),
        Out = result.GetValue(_out),
        Overwrite = result.GetValue(_overwrite),
        Direction = result.GetValue(_direction),
        Objective = result.GetValue(_objective),
        Space = result.GetValue(_space),
        Threshold = result.GetValue(_threshold),
        MaxSteps = result.GetValue(_maxSteps),
        LearningRate = result.GetValue(_learningRate),
        PriorWeight = result.GetValue(_priorWeight),
        RefineInversion = result.GetValue(_refineInversion),
        GradientGraph = result.GetValue(_gradientGraph),
        SaveGradientGraph = result.GetValue(_saveGradientGraph),
        NoCache = result.GetValue(_noCache),
        Threads = result.GetValue(_threads),
        ComputeFloat32 = result.GetValue(_computeFloat32),
    };
}
