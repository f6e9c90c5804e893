using System.CommandLine;
using Cfgen.Cli.CommandLine;
using static Cfgen.Cli.CommandLine.ValueOptions;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>Defines <c>cfgen explain</c>: its names, its help and its checks.</summary>
sealed class ExplainCommand : Command, IHelpNotes
{
    readonly Argument<string?> _image = new("IMAGE")
    {
        Description = "The image to explain: PNG, JPEG, WebP or TIFF.",
        CustomParser = Texts.NotEmpty,
        Arity = ArgumentArity.ExactlyOne,
    };

    readonly Option<string?> _targetClass = Text("--target-class", "CLASS",
        "The class to move towards, by name or by index from 0. Default: the second most probable one; with --direction decrease "
        + "the most probable one, which is the only one that can be left.",
        "-t");
    readonly Option<string?> _out = Text("--out", "DIR",
        "Folder for the result, which appears whole or not at all. Default: IMAGE-to-CLASS in the present folder.", "-o");
    readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Replace an older result of cfgen, and the file of --save-gradient-graph.",
        Arity = ArgumentArity.Zero,
    };

    readonly Option<int?> _refineInversion = Number("--refine-inversion", "N",
        "Steps that bring the encoder's code closer to the image before the search starts. Default: none where the classifier "
        + "gives the reconstruction the class of the image, else 50 and, where these do not do, 200.",
        Numbers.Whole(0, 1_000_000));

    readonly Option<bool> _requireFaithful = new("--require-faithful")
    {
        Description =
            "Exit with 1 where the classifier gives the reconstruction, from which the search starts, another class than the image.",
        Arity = ArgumentArity.Zero,
    };

    readonly Option<string?> _gradientGraph = Text("--gradient-graph", "FILE", "ONNX gradient graph to use instead of building one.");
    readonly Option<string?> _saveGradientGraph = Text("--save-gradient-graph", "FILE", "Write the gradient graph that was used.");
    readonly BundleOptionSet _models = new(hasBundle: true);
    readonly SearchOptionSet _search = new();
    readonly RuntimeOptionSet _runtime = new();

    public ExplainCommand(CommonOptionSet common, Func<ExplainArguments, CommonOptions, CancellationToken, Task<ExitCode>> run)
        : base("explain", "Explain one image: find the nearest image that the classifier puts into another class.")
    {
        Arguments.Add(_image);
        IEnumerable<Option> options =
        [
            _targetClass, _out, _overwrite, .. _models.All.Except([_models.Mapping]), .. _search.All, _refineInversion, _requireFaithful,
            _gradientGraph, _saveGradientGraph, .. _runtime.All,
        ];
        foreach (Option option in options) Options.Add(option);
        this.RunsOnThePool((result, cancellationToken) => run(Bind(result), common.Bind(result), cancellationToken));
    }

    public string HelpNotes => """
        Examples:
          cfgen explain seven.png
          cfgen explain seven.png --target-class 9 --threshold 0.95 --out seven-as-nine
          cfgen explain part.png --bundle models/castings --classifier retrained.onnx --json
        """;

    ExplainArguments Bind(ParseResult result) => new(result.GetValue(_image)!)
    {
        TargetClass = result.GetValue(_targetClass),
        Models = _models.Bind(result),
        Search = _search.Bind(result),
        Runtime = _runtime.Bind(result),
        Out = result.GetValue(_out),
        Overwrite = result.GetValue(_overwrite),
        RefineInversion = result.GetValue(_refineInversion),
        RequireFaithful = result.GetValue(_requireFaithful),
        GradientGraph = result.GetValue(_gradientGraph),
        SaveGradientGraph = result.GetValue(_saveGradientGraph),
    };
}
