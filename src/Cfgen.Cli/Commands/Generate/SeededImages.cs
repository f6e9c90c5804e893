using System.Globalization;
using Cfgen.Cli.Output.Json;
using Cfgen.Counterfactuals.Numerics;
using Cfgen.Imaging;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Generators;

namespace Cfgen.Cli.Commands.Generate;

/// <summary>
/// A generator that makes pictures of seeds, loaded. A picture depends on its request alone, not on which others are made.
/// </summary>
sealed class SeededImages : IDisposable
{
    readonly ImageSpec _image;
    // codes alone need only the mapping, and the synthesis of a large network takes twice its file in memory
    readonly Lazy<SynthesisNetwork> _synthesis;

    SeededImages(Bundle bundle, MappingNetwork mapping) => (_image, Mapping, _synthesis) =
        (bundle.Manifest.Image, mapping, new(() => SynthesisNetwork.Open(bundle, new()), isThreadSafe: false));

    /// <summary>Random vectors to codes.</summary>
    public MappingNetwork Mapping { get; }

    /// <summary>Loads the mapping; the synthesis follows with the first picture.</summary>
    /// <exception cref="CfgenException">The bundle has no mapping, or it cannot be used.</exception>
    public static SeededImages Open(Bundle bundle) => new(bundle, MappingNetwork.Open(bundle, new()));

    /// <summary>Refuses what the generator cannot do.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="classAt">Where on the command line the class stands, or would stand.</param>
    /// <param name="truncationAt">Where the truncation stands.</param>
    /// <exception cref="InputException">A class is missing, out of range or of no meaning, or codes cannot be truncated so.</exception>
    public void Check(ImageRequest request, string classAt, string truncationAt)
    {
        string classes = string.Create(CultureInfo.InvariantCulture, $"a class from 0 to {Mapping.CDim - 1}");
        Problem? problem = request switch
        {
            { Class: null } when Mapping.CDim > 0 => new("class-missing", "the generator is conditional: it makes pictures of a class")
            {
                Where = classAt,
                Found = "no class",
                Expected = classes,
                Fix = "say which class",
            },
            { Class: { } c } when Mapping.CDim == 0 => new("class-without-meaning", "the generator is not conditional: it has no classes")
            {
                Where = classAt,
                Found = Text(c),
                Expected = "no class",
                Fix = "leave the class out",
            },
            { Class: { } c } when c >= Mapping.CDim =>
                new("class-unknown", "the generator has no such class") { Where = classAt, Found = Text(c), Expected = classes },
            { Truncation.Psi: not 1 } when !Mapping.Truncates =>
                new("truncation-impossible", "the mapping has no mean code to draw others to")
                {
                    Where = truncationAt,
                    Found = Text(request.Truncation.Psi),
                    Expected = "1",
                    Fix = "leave the truncation out",
                },
            { Truncation.Cutoff: { } layers } when !Mapping.TruncatesFirstLayers =>
                new("truncation-impossible", "the mapping truncates all layers or none")
                {
                    Where = truncationAt,
                    Found = $"a cutoff of {Text(layers)}",
                    Expected = "no cutoff",
                    Fix = "leave the cutoff out",
                },
            _ => null,
        };
        if (problem is not null) throw new InputException(problem);
    }

    /// <summary>Makes a picture.</summary>
    /// <exception cref="CfgenException">The synthesis cannot be used, does not fit the mapping, or gives values that are not
    /// numbers.</exception>
    public PixelImage Make(ImageRequest request, CancellationToken cancellationToken)
    {
        float[] ws = Mapping.Map(
            RandomState.Z(request.Seed, Mapping.ZDim), request.Class is { } c ? [c] : [], request.Truncation, cancellationToken);
        float[] image = _synthesis.Value.Synthesize(ws, cancellationToken);
        return ImageTensor.FromPlanar(image, _image.Channels, _image.Height, _image.Width, _image.Range[0], _image.Range[1]);
    }

    /// <summary>What a picture of a generator says of itself.</summary>
    /// <param name="of">What it shows.</param>
    public static ImageMark Mark(string of) => new(
        ImageOrigin.TrainedAlgorithmicMedia, $"{ToolVersion.Name} {ToolVersion.Number}",
        $"Synthetic: made by a generator from random numbers ({of}).");

    /// <inheritdoc/>
    public void Dispose()
    {
        Mapping.Dispose();
        if (_synthesis.IsValueCreated) _synthesis.Value.Dispose();
    }

    static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
