using Cfgen.Cli.Bundles;
using Cfgen.Cli.Commands.Explain;
using Cfgen.Cli.Output.Console;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Graphs;
using Cfgen.OnnxFormat;

namespace Cfgen.Cli.Commands.Inspect;

/// <summary>
/// Does what <c>cfgen inspect</c> is for. What cannot be read is an error; what can be read but not used is told as a problem, with exit
/// code 2 as well.
/// </summary>
sealed class InspectHandler(CliIo io)
{
    static readonly ExplainArguments s_nothingTyped = new("");

    public Task<ExitCode> RunAsync(InspectArguments arguments, CommonOptions common, CancellationToken cancellationToken)
    {
        string path =
            arguments.Path is { } given && File.Exists(io.FullPath(given)) ? io.FullPath(given) : BundleLocator.Find(arguments.Path, io);
        InspectRecord record = File.Exists(path) ? InspectFile(path) : InspectBundle(path);
        cancellationToken.ThrowIfCancellationRequested();
        new ConsoleReport(io, common).Inspected(record);
        return Task.FromResult(record.Problems.Count == 0 ? ExitCode.Done : ExitCode.UserError);
    }

    static InspectRecord InspectFile(string path)
    {
        BundleFile file = BundleFile.Open("model", path, expectedSha256: null);
        ModelProto model = OnnxFile.Load(path);
        return new()
        {
            Path = path,
            Models = [ModelInspection.Describe(file, model)],
            Missing = [.. WithoutRule(model)],
        };
    }

    InspectRecord InspectBundle(string folder)
    {
        Bundle bundle = DescriptorNames.Check(Bundle.Open(folder, new()));
        ModelManifest manifest = bundle.Manifest;
        BundleFile[] models = [.. new[] { bundle.Generator, bundle.Mapping, bundle.Encoder, bundle.Classifier }.OfType<BundleFile>()];
        ExplainSettings settings = ExplainSettings.Of(s_nothingTyped, manifest, io);
        ObjectiveSpec objective = settings.Explainer.Pipeline.Objective;
        (GraphFacts? facts, Problem? problem) = bundle.Classifier is null ? default : TryBuild(bundle, objective);
        return new()
        {
            Path = bundle.Folder,
            Bundle = manifest.Name,
            Models = [.. models.Select(file =>
                ModelInspection.Describe(file, OnnxFile.Load(file.Path), file == bundle.Generator ? facts?.Memory : null))],
            Classes = manifest.Classes ?? [],
            Search = settings.InForce(s_nothingTyped, manifest.Search),
            ClassifierRunsPerStep = bundle.Classifier is null ? null : objective.Views.Count,
            Notes = facts?.Notes ?? [],
            Origin = manifest.Origin,
            Licence = manifest.Licence,
            Missing = [.. Missing(bundle)],
            Problems = problem is null ? [] : [problem],
        };
    }

    /// <summary>
    /// What is not there, and for a generator without classifier the operators that would keep a search from going through it.
    /// </summary>
    static IEnumerable<string> Missing(Bundle bundle) =>
        bundle.Classifier is null
            ? MissingParts.All(bundle).Concat(WithoutRule(OnnxFile.Load(bundle.Generator.Path)))
            : MissingParts.All(bundle);

    /// <summary>The operators that have no rule in the form that the model is differentiated in, which is that of a newer opset where its
    /// own is old.</summary>
    static IEnumerable<string> WithoutRule(ModelProto model)
    {
        try
        {
            IEnumerable<OperatorSupport> without = OperatorTable.Of(model).Where(o => !o.HasRule && !o.IsReplaced);
            return [.. without.Select(o => $"a gradient rule for {o.Operator} ({o.Nodes} node{(o.Nodes == 1 ? "" : "s")})")];
        }
        catch (ModelFormatException e)
        {
            return [$"a form that gradient rules are written for: {e.Problem.What}"];
        }
    }

    /// <summary>Builds the graphs, which checks every contract and that everything has a gradient, and tells what was found out.</summary>
    static (GraphFacts? Facts, Problem? Problem) TryBuild(Bundle bundle, ObjectiveSpec objective)
    {
        try
        {
            return (GraphBuilder.Build(bundle, objective).Facts, null);
        }
        catch (CfgenException e)
        {
            return (null, e.Problem);
        }
    }
}
