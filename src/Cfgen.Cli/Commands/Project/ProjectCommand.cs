using System.CommandLine;
using Cfgen.Cli.CommandLine;
using Cfgen.Counterfactuals;
using static Cfgen.Cli.CommandLine.ValueOptions;

namespace Cfgen.Cli.Commands.Project;

/// <summary>Defines <c>cfgen project</c>: its names, its help and its checks.</summary>
sealed class ProjectCommand : Command, IHelpNotes
{
    readonly Argument<string?> _image = new("IMAGE")
    {
        Description = "The image whose code is looked for: PNG, JPEG, WebP or TIFF.",
        CustomParser = Texts.NotEmpty,
        Arity = ArgumentArity.ExactlyOne,
    };

    readonly Option<string?> _out = Text(
        "--out", "DIR", "Folder for the result, which appears whole or not at all. Default: IMAGE-projected in the present folder.", "-o");
    readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace an older result of cfgen.", Arity = ArgumentArity.Zero };
    readonly BundleOptionSet _models = new(hasBundle: true);
    readonly RuntimeOptionSet _runtime = new();

    readonly Option<LatentSpace?> _space = SearchChoices.Space.ToOption("--space", "SPACE",
        "One latent code for all layers, or one for each. Default: the bundle's.");
    readonly Option<int?> _steps = Number("--steps", "N", "Steps to take. Default: 300.", Numbers.Whole(1, 1_000_000));
    readonly Option<int?> _starts = Number(
        "--starts", "K", "Codes drawn to start from, beside the mean; the best of all goes on after some steps. Default: 8.",
        Numbers.Whole(0, 1000));
    readonly Option<int?> _seed = Number("--seed", "S", "Seed of what is drawn. Default: 0.", Numbers.Whole(0, int.MaxValue));
    readonly Option<double?> _priorWeight = Number(
        "--prior-weight", "X", "How strongly to stay near the images the generator was trained on, from 0. Default: 0.00001.",
        Numbers.From(0, 1_000_000, example: 0.00001));
    readonly Option<double?> _learningRate = Number(
        "--learning-rate", "X", "Adam's largest learning rate, in standard deviations of the latent codes. Default: 0.15.",
        Numbers.Above(0, 1000, example: 0.1), "--lr");

    public ProjectCommand(CommonOptionSet common, Func<ProjectArguments, CommonOptions, CancellationToken, Task<ExitCode>> run)
        : base("project", "Find the latent code of one image without an encoder.")
    {
        Arguments.Add(_image);
        IEnumerable<Option> options =
        [
            _out, _overwrite, .. _models.All.Except([_models.Encoder, _models.EncodeStatistics]),
            _space, _steps, _starts, _seed, _priorWeight, _learningRate, .. _runtime.All,
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
        Models = _models.Bind(result),
        Runtime = _runtime.Bind(result),
        Out = result.GetValue(_out),
        Overwrite = result.GetValue(_overwrite),
        Space = result.GetValue(_space),
        Steps = result.GetValue(_steps),
        Starts = result.GetValue(_starts),
        Seed = result.GetValue(_seed),
        PriorWeight = result.GetValue(_priorWeight),
        LearningRate = result.GetValue(_learningRate),
    };
}
