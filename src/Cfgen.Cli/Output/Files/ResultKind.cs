using Cfgen.Cli.Commands.Generate;
using Cfgen.Cli.Commands.Project;
using Cfgen.Cli.Results;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Output.Files;

/// <summary>A kind of folder that cfgen writes, known again by a record in it: only such a folder may be replaced.</summary>
/// <param name="Mark">Name of the record.</param>
/// <param name="Schemas">What its <c>$schema</c> may say.</param>
/// <param name="Name">What the folder is called in an error.</param>
/// <param name="Elsewhere">How to have it written elsewhere.</param>
sealed record ResultKind(string Mark, IReadOnlyList<string> Schemas, string Name, string Elsewhere)
{
    /// <summary>What <c>explain</c> or <c>project</c> found.</summary>
    public static ResultKind Run { get; } =
        new(OutputFolder.ResultFile, [ExplanationRecord.SchemaId, ProjectRecord.SchemaId], "result of cfgen",
            "choose another folder with --out");

    /// <summary>What <c>generate</c> made.</summary>
    public static ResultKind Generated { get; } =
        new("generate.json", [GenerateRecord.SchemaId], "set of generated pictures", "choose another folder with --out");

    /// <summary>A bundle of models.</summary>
    public static ResultKind OfModels { get; } = new(Bundle.ManifestName, [ModelManifest.SchemaId], "bundle", "choose another folder");
}
