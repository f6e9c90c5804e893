using Cfgen.Cli.Commands.Generate;
using Cfgen.Cli.Output.Console;
using Cfgen.Cli.Output.Files;
using Cfgen.Imaging;
using Cfgen.Inference.Generators;

namespace Cfgen.Cli.Commands.Import;

/// <summary>A sheet of pictures that a generator makes, kept in its bundle.</summary>
static class GeneratorPreview
{
    /// <summary>Its name in the bundle.</summary>
    public const string FileName = "preview.png";

    /// <summary>Pictures on it, seeds 0 and up.</summary>
    const int Count = 16;

    /// <summary>Its truncation: what people show of a generator.</summary>
    const double Psi = 0.7;

    /// <summary>Writes the sheet, of a conditional generator with the classes in turn, and says what it shows.</summary>
    public static string Write(SeededImages generator, OutputFolder folder, ConsoleReport report, CancellationToken cancellationToken)
    {
        Truncation truncation = generator.Mapping.Truncates ? new(Psi) : Truncation.None;
        int classes = generator.Mapping.CDim;
        List<(PixelImage, string)> sheet = [];
        report.Count("making the preview", Count, tell =>
        {
            for (uint seed = 0; seed < Count; seed++)
            {
                int? c = classes > 0 ? (int)seed % classes : null;
                sheet.Add((ContactSheet.Thumbnail(generator.Make(new(seed, c, truncation), cancellationToken)),
                    $"seed {seed}{(c is null ? "" : $"\nclass {c}")}"));
                tell(sheet.Count);
            }
        });
        string shown = FormattableString.Invariant($"seeds 0 to {Count - 1}, psi {truncation.Psi}");
        PngFile.Write(ContactSheet.Compose(sheet), folder.PathOf(FileName), SeededImages.Mark(shown));
        return shown;
    }
}
