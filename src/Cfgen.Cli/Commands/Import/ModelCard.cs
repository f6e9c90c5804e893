using System.Globalization;
using Cfgen.Cli.Output.Json;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Commands.Import;

/// <summary>The model card of an imported generator: what it is, where it comes from, and what nobody has said.</summary>
static class ModelCard
{
    /// <summary>Name of the file in the bundle.</summary>
    public const string FileName = "README.md";

    /// <summary>The card in Markdown.</summary>
    /// <param name="record">What was imported.</param>
    /// <param name="seed">Of the codes that mean and covariance were measured on.</param>
    /// <param name="caveats">What the import found out that somebody who relies on the models should know.</param>
    /// <param name="preview">What the sheet of pictures shows; null where there is none.</param>
    public static string Of(ImportRecord record, uint seed, IEnumerable<string> caveats, string? preview)
    {
        string channels = record.Channels == 1 ? "1 channel" : string.Create(CultureInfo.InvariantCulture, $"{record.Channels} channels");
        string classes = record.CDim > 0 ? record.CDim.ToString(CultureInfo.InvariantCulture) : "none: the generator is not conditional";
        string alike = record.CDim > 0 ? ", all classes alike" : "";
        string shape = string.Create(CultureInfo.InvariantCulture, $"[N, {record.Channels}, {record.Resolution}, {record.Resolution}]");
        FormattableString card = $"""
            # {ShownText.Of(record.Name)}

            A generator of pictures, imported by {ToolVersion.Name} {ToolVersion.Number} from a network file. Nothing in that file was run.
            {(preview is null ? "" : $"\n![Pictures of the generator]({GeneratorPreview.FileName})\n\nSynthetic pictures: {preview}.\n")}
            | | |
            | --- | --- |
            | kind | {record.Architecture} |
            | network | `{ShownText.Of(record.Network)}` of `{ShownText.Of(record.Source.Name)}` |
            | SHA-256 of that file | `{record.Source.Sha256}` |
            | licence of the weights | {ShownText.Of(record.Licence ?? "not stated")} |
            | pictures | {record.Resolution} x {record.Resolution} pixels, {channels}, values from -1 to 1 |
            | random vector z | {record.ZDim} numbers |
            | classes | {classes} |
            | latent code | {record.NumWs} layers of {record.WDim} numbers |
            | trained numbers | {record.Parameters:N0} |
            | computes in | {record.Precision} |
            | mean and covariance of the codes | of {record.StatisticsSamples:N0} random vectors, seed {seed}, without truncation{alike} |

            ## Files

            | file | holds |
            | --- | --- |
            | `{BundleWriter.GeneratorName}` | `ws` [N, {record.NumWs}, {record.WDim}] to `image` {shape} |
            | `{BundleWriter.MappingName}` | random vector to `ws` |
            | `{BundleWriter.MeanName}`, `{BundleWriter.CovarianceName}` | the distribution of the codes |
            | `{Bundle.ManifestName}` | what cfgen has to know, with the SHA-256 of every model |

            ## To explain a classifier with it

            The bundle has neither encoder nor classifier. Give them: `cfgen explain IMAGE --bundle DIR --encoder FILE --classifier FILE`.
            Without an encoder, the code of an image is looked for step by step, which takes long.
            Pictures of seeds: `cfgen generate --bundle DIR --seeds 0-15`.

            ## Before you rely on it

            - What it was trained on, and what it may be used for, is not in the network's file: ask whoever published it.
            - Its pictures are synthetic, and may show what its training data showed too much or too little of.
            {string.Join('\n', Checks(record).Concat(caveats).Select(Point))}

            """;
        return card.ToString(CultureInfo.InvariantCulture).ReplaceLineEndings("\n");
    }

    static string Point(string text) => ShownText.Of($"- {char.ToUpperInvariant(text[0])}{text[1..]}.");

    static IEnumerable<string> Checks(ImportRecord record) => record.Expected.Count == 0
        ? ["No picture known to come from the network was compared with what was imported"]
        : record.Expected.Select(e => string.Create(CultureInfo.InvariantCulture, $"The picture `{e.Image.Name}` ({e.Request}) was "
            + $"compared with what was imported: {e.MeanDifference:0.00} levels of 255 apart in the mean, {e.MaxDifference} at most"));
}
