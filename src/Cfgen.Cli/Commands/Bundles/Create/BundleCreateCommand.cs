using System.CommandLine;
using Cfgen.Cli.CommandLine;
using Cfgen.Inference.Bundles;
using static Cfgen.Cli.CommandLine.ValueOptions;

namespace Cfgen.Cli.Commands.Bundles.Create;

/// <summary>Defines <c>cfgen bundle create</c>: its names, its help and its checks.</summary>
sealed class BundleCreateCommand : Command, IHelpNotes
{
    static readonly Choices<ImageFitting> s_fits = new(
        ("pad", ImageFitting.Pad), ("crop", ImageFitting.Crop), ("resize", ImageFitting.Resize), ("refuse", ImageFitting.Refuse));

    readonly Argument<string?> _out = new("OUT")
    {
        Description = "Folder for the bundle, which appears whole or not at all.",
        CustomParser = Texts.NotEmpty,
        Arity = ArgumentArity.ExactlyOne,
    };

    readonly BundleOptionSet _models = new(hasBundle: false);
    readonly Option<ValueRange?> _imageRange = ValueRange.Option(
        "--image-range", "The values that the generator has for black and white. Default: 0,1 where it ends in a sigmoid, else -1,1.");
    readonly Option<ImageFitting?> _fit =
        s_fits.ToOption("--fit", "WAY", "What is done with a picture that has not the generator's size. Default: pad.");
    readonly Option<string?> _name = Text("--name", "NAME", "Short name of the bundle. Default: the folder's.");
    readonly Option<string?> _origin = Text("--origin", "TEXT", "Where the networks come from.");
    readonly Option<string?> _licence = Text("--licence", "TEXT", "Licence of the weights.");
    readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Replace an older bundle, the whole folder.",
        Arity = ArgumentArity.Zero,
    };

    public BundleCreateCommand(CommonOptionSet common, Func<BundleCreateArguments, CommonOptions, CancellationToken, Task<ExitCode>> run)
        : base("create", "Make a bundle of your models: copies of them, and a model.json that describes them.")
    {
        Arguments.Add(_out);
        _models.Generator.Required = true;
        IEnumerable<Option> options =
            [.. _models.All.Except([_models.Bundle]), _imageRange, _fit, _name, _origin, _licence, _overwrite];
        foreach (Option option in options) Options.Add(option);
        this.RunsOnThePool((result, cancellationToken) => run(Bind(result), common.Bind(result), cancellationToken));
    }

    public string HelpNotes => """
        Examples:
          cfgen bundle create my-bundle --generator decoder.onnx --encoder encoder.onnx --classifier classifier.onnx
          cfgen bundle create faces --generator g.onnx --encoder e.onnx --classifier c.onnx --encode-statistics photos
        """;

    BundleCreateArguments Bind(ParseResult result) => new(result.GetValue(_out)!)
    {
        Models = _models.Bind(result),
        ImageRange = result.GetValue(_imageRange),
        Fit = result.GetValue(_fit),
        Name = result.GetValue(_name),
        Origin = result.GetValue(_origin),
        Licence = result.GetValue(_licence),
        Overwrite = result.GetValue(_overwrite),
    };
}
