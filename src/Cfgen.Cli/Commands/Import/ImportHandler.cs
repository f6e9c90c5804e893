using Cfgen.Cli.Bundles;
using Cfgen.Cli.Commands.Generate;
using Cfgen.Cli.Output.Console;
using Cfgen.Cli.Output.Files;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Imaging;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Generators;
using Cfgen.OnnxFormat;
using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Torch;
using Serilog.Core;

namespace Cfgen.Cli.Commands.Import;

/// <summary>
/// Does what <c>cfgen import</c> is for: network file to models, comparison with known pictures, distribution of the codes, model card.
/// </summary>
sealed class ImportHandler(CliIo io)
{
    static readonly ResultKind s_kind = ResultKind.OfModels with { Elsewhere = "choose another folder with --out" };

    public Task<ExitCode> RunAsync(ImportArguments arguments, CommonOptions common, CancellationToken cancellationToken) =>
        Task.FromResult(Run(arguments, common, cancellationToken));

    ExitCode Run(ImportArguments arguments, CommonOptions common, CancellationToken cancellationToken)
    {
        using Logger log = Logging.Create(io, common);
        ConsoleReport report = new(io, common);
        string path = io.FullPath(arguments.File);
        IEnumerable<string> inputs = [path, .. arguments.ExpectImages.Select(expected => io.FullPath(expected.File))];
        using OutputFolder folder = OutputFolder.Create(io.FullPath(arguments.Out), arguments.Overwrite, s_kind, inputs);
        report.Stage("reading the network");
        NetworkPickle pickle = NetworkPickle.Open(path);
        BundleFile source = BundleFile.Open("network", path, expectedSha256: null);
        string network = GeneratorNetwork.Choose(pickle, arguments.Network);
        ImportedGenerator imported = GeneratorImport.Import(pickle, network, new()
        {
            Precision = arguments.Precision ?? GeneratorPrecision.Float32,
            Noise = arguments.Noise ?? default,
            SourceSha256 = source.Sha256,
            ProgramVersion = ToolVersion.Number,
        });
        ImportRecord record = Describe(arguments, folder, source, network, imported);
        foreach (string warning in record.Warnings) log.Warning("{Warning}", warning);

        List<string> caveats = [.. imported.Warnings];
        ModelManifest manifest = Write(record, imported, folder); // the last that needs the network in memory
        using SeededImages generator = SeededImages.Open(Bundle.Open(folder.Path, new()));
        record =
            record with
            {
                Expected = [.. arguments.ExpectImages.Select(expected => Compare(
                expected, arguments.ExpectTolerance ?? ImportArguments.DefaultTolerance, generator, record, cancellationToken))]
            };
        if (record.Expected.Any(e => !e.Agrees))
        {
            report.Imported(record);
            return ExitCode.NotReached;
        }

        (int samples, uint seed) = (arguments.StatisticsSamples ?? ImportArguments.DefaultStatisticsSamples, arguments.Seed ?? 0);
        CodeStatistics codes = Measure(generator.Mapping, samples, seed, report, cancellationToken);
        if (codes.IsRankDeficient)
        {
            string few =
                $"the covariance is rank deficient: {codes.Count} codes for {codes.Dimension} dimensions, {codes.Dimension + 1} or more "
                    + "are needed";
            log.Warning("{Warning}", few);
            caveats.Add(few);
            record = record with { Warnings = [.. record.Warnings, few] };
        }
        LatentSpec latent = BundleWriter.Write(codes, folder.Path);
        manifest = manifest with { Generator = manifest.Generator with { Latent = latent } };
        string[] further = arguments.Preview ? [ModelCard.FileName, GeneratorPreview.FileName] : [ModelCard.FileName];
        BundleWriter.Write(manifest, folder.Path, further);
        Bundle bundle = Bundle.Open(folder.Path, new());
        LatentStatistics.Load(bundle, generator.Mapping.WDim);
        record = record with { StatisticsSamples = samples, Missing = [.. MissingParts.Networks(bundle)] };
        string? preview = arguments.Preview ? GeneratorPreview.Write(generator, folder, report, cancellationToken) : null;
        File.WriteAllText(folder.PathOf(ModelCard.FileName), ModelCard.Of(record, seed, caveats, preview));

        List<BundleFile> files = [.. bundle.Files, BundleFile.Open("model card", folder.PathOf(ModelCard.FileName), expectedSha256: null)];
        if (preview is not null) files.Add(BundleFile.Open("preview", folder.PathOf(GeneratorPreview.FileName), expectedSha256: null));
        cancellationToken.ThrowIfCancellationRequested();
        folder.Commit();
        report.Imported(record with { Folder = folder.Target, Files = [.. files.Select(InputRecord.Of)] });
        return ExitCode.Done;
    }

    static ImportRecord Describe(
        ImportArguments arguments, OutputFolder folder, BundleFile source, string network, ImportedGenerator imported)
    {
        List<string> warnings = [.. imported.Warnings];
        if (warnings.Count > 0 && arguments.ExpectImages.Count == 0)
            warnings.Add("make sure of the import with a picture known to come from the network: --expect-image seed=0:FILE");
        if (arguments.Licence is null)
            warnings.Add("the licence of the weights is not stated: ask whoever published them, and give it with --licence");
        GeneratorFacts facts = imported.Facts;
        return new()
        {
            Name = arguments.Name ?? Path.GetFileName(folder.Target),
            Source = InputRecord.Of(source),
            Network = network,
            Architecture = facts.Architecture,
            Precision = ImportCommand.Precisions.NameOf(facts.Precision),
            ZDim = facts.ZDim,
            CDim = facts.CDim,
            WDim = facts.WDim,
            NumWs = facts.NumWs,
            Resolution = facts.ImageResolution,
            Channels = facts.ImageChannels,
            Parameters = facts.WeightCount,
            Licence = arguments.Licence,
            Expected = [],
            Warnings = warnings,
        };
    }

    /// <summary>Writes the models and a first <c>model.json</c>, which does not know of the distribution of the codes yet.</summary>
    static ModelManifest Write(ImportRecord record, ImportedGenerator imported, OutputFolder folder)
    {
        (string generator, string mapping) = (folder.PathOf(BundleWriter.GeneratorName), folder.PathOf(BundleWriter.MappingName));
        OnnxFile.Save(imported.Synthesis, generator);
        OnnxFile.Save(imported.Mapping, mapping);
        ModelManifest manifest = new()
        {
            Schema = ModelManifest.SchemaId,
            Name = record.Name,
            Description = $"{record.Architecture} generator of {record.Resolution} x {record.Resolution} pixels.",
            Image = new() { Width = record.Resolution, Height = record.Resolution, Channels = record.Channels, Fit = ImageFitting.Pad },
            Generator = new()
            {
                Synthesis = BundleWriter.Describe("generator", generator),
                Mapping = BundleWriter.Describe("mapping", mapping),
            },
            Origin = $"Network {record.Network} of {record.Source.Name} (SHA-256 {record.Source.Sha256}), imported by {ToolVersion.Name} "
                + $"{ToolVersion.Number}.",
            Licence = record.Licence,
        };
        BundleWriter.Write(manifest, folder.Path);
        return manifest;
    }

    ExpectedRecord Compare(
        ExpectedImage expected, double tolerance, SeededImages generator, ImportRecord record, CancellationToken cancellationToken)
    {
        generator.Check(expected.Request, "--expect-image", "--expect-image");
        string path = io.FullPath(expected.File);
        PixelImage known = ImageLoader.Load(path, record.Channels);
        PixelImage same =
            CanvasFitter.Fit(known, new(record.Resolution, record.Resolution, record.Channels) { Fit = ImageFit.Refuse }, path);
        LevelDifference difference = LevelDifference.Between(same, generator.Make(expected.Request, cancellationToken));
        return new()
        {
            Image = InputRecord.Of(BundleFile.Open("expected image", path, expectedSha256: null)),
            Request = expected.Request.ToString(),
            MeanDifference = difference.Mean,
            MaxDifference = difference.Max,
            Tolerance = tolerance,
            Agrees = difference.Mean <= tolerance,
        };
    }

    static CodeStatistics Measure(MappingNetwork mapping, int samples, uint seed, ConsoleReport report, CancellationToken cancellationToken)
    {
        CodeStatistics? codes = null;
        report.Count(
            "measuring the latent codes", samples,
            tell => codes = MappedStatistics.Measure(mapping, samples, seed, tell, cancellationToken));
        return codes!;
    }
}
