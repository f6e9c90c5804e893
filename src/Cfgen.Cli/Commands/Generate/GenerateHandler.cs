using System.Globalization;
using Cfgen.Cli.Bundles;
using Cfgen.Cli.Output.Console;
using Cfgen.Cli.Output.Files;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Imaging;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Generators;
using Cfgen.Inference.Runtime;
using Serilog.Core;

namespace Cfgen.Cli.Commands.Generate;

/// <summary>Does what <c>cfgen generate</c> is for.</summary>
sealed class GenerateHandler(CliIo io)
{
    const string SheetName = "contact-sheet.png";

    public Task<ExitCode> RunAsync(GenerateArguments arguments, CommonOptions common, CancellationToken cancellationToken) =>
        Task.FromResult(Run(arguments, common, cancellationToken));

    ExitCode Run(GenerateArguments arguments, CommonOptions common, CancellationToken cancellationToken)
    {
        using Logger log = Logging.Create(io, common);
        ConsoleReport report = new(io, common);
        string models = BundleLocator.Find(arguments.Bundle, io);
        string target = io.FullPath(arguments.Out ?? "generated");
        using OutputFolder folder = OutputFolder.Create(target, arguments.Overwrite, ResultKind.Generated, models);
        report.Stage("loading the generator");
        Bundle bundle = Bundle.Open(models, new());
        log.Debug("bundle {Name} in {Folder}", bundle.Manifest.Name, bundle.Folder);
        Truncation truncation = new(arguments.Psi ?? 1, arguments.Cutoff);
        using SeededImages generator = SeededImages.Open(bundle);
        generator.Check(
            new(arguments.Seeds.Seeds[0], arguments.Class, truncation), "--class",
            arguments.Cutoff is null ? "--trunc" : "--truncation-cutoff");

        List<GeneratedRecord> images = [];
        List<(PixelImage, string)> sheet = [];
        report.Count("generating", arguments.Seeds.Seeds.Count, tell =>
        {
            foreach (uint seed in arguments.Seeds.Seeds)
            {
                ImageRequest request = new(seed, arguments.Class, truncation);
                PixelImage picture = generator.Make(request, cancellationToken);
                string name = string.Create(CultureInfo.InvariantCulture, $"seed{seed:0000}.png");
                PngFile.Write(picture, folder.PathOf(name), SeededImages.Mark(request.ToString()));
                images.Add(new() { Seed = seed, File = name, Sha256 = HashOf(folder, name) });
                if (sheet.Count < ContactSheet.MaxImages) sheet.Add((ContactSheet.Thumbnail(picture), Caption(seed)));
                tell(images.Count);
            }
        });
        PngFile.Write(
            ContactSheet.Compose(sheet), folder.PathOf(SheetName),
            SeededImages.Mark(string.Create(CultureInfo.InvariantCulture, $"a sheet of {sheet.Count}")));
        GenerateRecord record = new()
        {
            Tool = new() { OnnxRuntime = RuntimeLibrary.Version, Vips = ImageLibrary.Version },
            Inputs = [.. new[] { bundle.ManifestFile, bundle.Generator, bundle.Mapping }.OfType<BundleFile>().Select(InputRecord.Of)],
            TruncationPsi = truncation.Psi,
            TruncationCutoff = truncation.Cutoff,
            Class = arguments.Class,
            Images = images,
            ContactSheet = new() { File = SheetName, Sha256 = HashOf(folder, SheetName), Images = sheet.Count },
            Files = folder.Files,
        };
        JsonText.Write(folder.PathOf(ResultKind.Generated.Mark), record, CfgenJson.Indented.GenerateRecord);
        cancellationToken.ThrowIfCancellationRequested();
        folder.Commit();
        report.Generated(record with { Folder = folder.Target });
        return ExitCode.Done;
    }

    static string Caption(uint seed) => string.Create(CultureInfo.InvariantCulture, $"seed {seed}");

    static string HashOf(OutputFolder folder, string name) => BundleFile.Open("picture", folder.PathOf(name), expectedSha256: null).Sha256;
}
