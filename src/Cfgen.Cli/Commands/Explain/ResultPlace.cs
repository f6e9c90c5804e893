using Cfgen.Cli.Bundles;
using Cfgen.Cli.Output.Files;
using Cfgen.Counterfactuals;
using Cfgen.Explanations;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>Where the result of <c>explain</c> goes: opened as soon as it is known, so that nothing runs in vain.</summary>
sealed class ResultPlace(ExplainArguments arguments, CliIo io) : IDisposable
{
    OutputFolder? _folder;
    SearchDirection _direction;

    /// <summary>The folder; there once the target is known.</summary>
    public OutputFolder Folder => _folder!;

    /// <summary>Opens the folder that was asked for, if any.</summary>
    public void OpenGiven()
    {
        if (arguments.Out is { } given) _folder = Create(io.FullPath(given));
    }

    /// <summary>
    /// Opens the folder where the class was asked for and is known without the classifier, which may have other classes than the bundle
    /// tells; and makes sure that the gradient graph can be saved where that was asked for.
    /// </summary>
    public void OpenKnown(Bundle bundle, SearchDirection direction)
    {
        _direction = direction;
        bool otherClasses = arguments.Models.Classifier is not null && arguments.Models.Classes is null;
        if (_folder is null && arguments.TargetClass is { } target && bundle.Manifest.Classes is { } classes && !otherClasses)
        {
            ClassNames names = new(classes, classes.Count);
            Open(names[names.Find(target)]);
        }
        CheckGraphFile(bundle);
    }

    /// <summary>Opens the folder of a class, where none is open yet.</summary>
    public void Open(NamedClass target) =>
        _folder ??= Create(io.FullPath(DefaultNames.Of(arguments.Image, DefaultNames.Way(_direction), target.Name)));

    public void Dispose() => _folder?.Dispose();

    OutputFolder Create(string path)
    {
        IEnumerable<string?> inputs =
        [
            io.FullPath(arguments.Image), io.FullPath(arguments.GradientGraph), .. arguments.Models.Files(io),
            BundleLocator.Find(arguments.Models.Bundle, io),
        ];
        return OutputFolder.Create(path, arguments.Overwrite, ResultKind.Run, inputs);
    }

    void CheckGraphFile(Bundle bundle)
    {
        const string Option = "--save-gradient-graph";
        if (arguments.SaveGradientGraph is not { } given) return;
        (string path, string? images) = (io.FullPath(given), io.FullPath(arguments.Models.EncodeStatistics));
        OutputFiles.Check(Option, path, arguments.Overwrite, () =>
        [
            io.FullPath(arguments.Image),
            .. bundle.Files.Select(file => file.Path),
            .. io.FullPath(arguments.GradientGraph) is { } graph ? new[] { graph } : [],
            .. Directory.Exists(images) ? Directory.EnumerateFiles(images) : [],
        ]);
        if (_folder is not null) OutputFiles.KeepApart(Option, path, _folder.Target);
    }
}
