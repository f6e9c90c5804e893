using System.CommandLine;
using System.CommandLine.Parsing;
using Cfgen.Cli.CommandLine;
using Cfgen.Cli.Commands.Generate;
using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.StyleGan2;
using static Cfgen.Cli.CommandLine.ValueOptions;

namespace Cfgen.Cli.Commands.Import;

/// <summary>Defines <c>cfgen import</c>: its names, its help and its checks.</summary>
sealed class ImportCommand : Command, IHelpNotes
{
    /// <summary>The names of precisions, on the command line and in records.</summary>
    public static Choices<GeneratorPrecision> Precisions { get; } = new(
        ("float32", GeneratorPrecision.Float32), ("float16", GeneratorPrecision.Float16));

    static readonly Choices<NoiseMode> s_noises = new(("const", NoiseMode.Constant), ("none", NoiseMode.None));

    readonly Argument<string?> _file = new("FILE")
    {
        Description = "Network pickle of StyleGAN2 or StyleGAN3 in PyTorch. It is read as data: nothing in it is run.",
        CustomParser = Texts.NotEmpty,
        Arity = ArgumentArity.ExactlyOne,
    };
    readonly Option<string?> _out = new("--out", "-o")
    {
        HelpName = "DIR",
        Description = "Folder for the bundle, which appears whole or not at all.",
        CustomParser = Texts.NotEmpty,
        Required = true,
    };
    readonly Option<string?> _network = Text("--network", "NAME", "Which network of the file. Default: G_ema.");
    readonly Option<GeneratorPrecision?> _precision =
        Precisions.ToOption("--precision", "KIND", "What the generator computes with. Default: float32, which gradients need.");
    readonly Option<NoiseMode?> _noise =
        s_noises.ToOption("--noise", "KIND", "Noise of StyleGAN2: the fixed one that it holds, or none. Default: const.");
    readonly Option<int?> _statisticsSamples = new("--statistics-samples")
    {
        HelpName = "N",
        Description = "Codes that mean and covariance are measured on. Default: 100000.",
        CustomParser = Numbers.Whole(2, 10_000_000),
    };
    readonly Option<uint?> _seed = new("--seed")
    {
        HelpName = "N",
        Description = "Seed of those codes. Default: 0.",
        CustomParser = ParseSeed,
    };
    readonly Option<bool> _preview = new("--preview")
    {
        Description = "Make preview.png, a sheet of 16 pictures.",
        Arity = ArgumentArity.Zero,
    };
    readonly Option<ExpectedImage[]?> _expectImage = ExpectedImage.Option(
        "--expect-image",
        "Compare with a picture known to come from the network; nothing is written where they differ. Can be given several times.");
    readonly Option<double?> _expectTolerance = new("--expect-tolerance")
    {
        HelpName = "LEVELS",
        Description = "How far such a picture may be off, as mean difference in levels of 8 bits. Default: 2.",
        CustomParser = Numbers.From(0, 255, 2),
    };
    readonly Option<string?> _name = Text("--name", "NAME", "Short name of the bundle. Default: the folder's.");
    readonly Option<string?> _licence = Text("--licence", "TEXT", "Licence of the weights, which the file does not tell.");
    readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Replace an older bundle, the whole folder.",
        Arity = ArgumentArity.Zero,
    };

    public ImportCommand(CommonOptionSet common, Func<ImportArguments, CommonOptions, CancellationToken, Task<ExitCode>> run)
        : base("import", "Make a bundle of a StyleGAN generator: ONNX models, the distribution of its codes, a model card.")
    {
        Arguments.Add(_file);
        Option[] options = [
            _out, _network, _precision, _noise, _statisticsSamples, _seed, _preview, _expectImage, _expectTolerance, _name, _licence,
            _overwrite
        ];
        foreach (Option option in options) Options.Add(option);
        this.RunsOnThePool((result, cancellationToken) => run(Bind(result), common.Bind(result), cancellationToken));
    }

    public string HelpNotes => """
        Examples:
          cfgen import stylegan3-t-ffhqu-256x256.pkl --out faces --preview --licence "NVIDIA Source Code License"
          cfgen import network.pkl --out screws --expect-image seed=0:seed0000.png,trunc=0.7
        """;

    ImportArguments Bind(ParseResult result) => new(result.GetValue(_file)!, result.GetValue(_out)!)
    {
        Network = result.GetValue(_network),
        Precision = result.GetValue(_precision),
        Noise = result.GetValue(_noise),
        StatisticsSamples = result.GetValue(_statisticsSamples),
        Seed = result.GetValue(_seed),
        Preview = result.GetValue(_preview),
        ExpectImages = result.GetValue(_expectImage) ?? [],
        ExpectTolerance = result.GetValue(_expectTolerance),
        Name = result.GetValue(_name),
        Licence = result.GetValue(_licence),
        Overwrite = result.GetValue(_overwrite),
    };

    static uint? ParseSeed(ArgumentResult result)
    {
        if (SeedList.TryParseOne(result.Text(), out uint seed)) return seed;
        result.Refuse($"a whole number from 0 to {uint.MaxValue}");
        return null;
    }
}
