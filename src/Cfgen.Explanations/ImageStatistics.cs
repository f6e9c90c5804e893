using System.Globalization;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Images;

namespace Cfgen.Explanations;

/// <summary>How the codes that an encoder finds for the images of a folder are spread.</summary>
/// <param name="Codes">Mean and covariance. Where the encoder gives a code for each layer, every one of them counts.</param>
/// <param name="Images">The images, in the order of their names.</param>
public sealed record ImageStatistics(CodeStatistics Codes, IReadOnlyList<BundleFile> Images)
{
    static readonly string[] s_endings = [".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"];

    /// <summary>What to know before relying on them; null where nothing is wrong.</summary>
    public string? Warning => Codes.IsRankDeficient
        ? "the covariance is rank deficient: "
            + string.Create(CultureInfo.InvariantCulture, $"{Codes.Count} codes for {Codes.Dimension} dimensions, ")
            + string.Create(CultureInfo.InvariantCulture, $"{Codes.Dimension + 1} or more are needed; ")
            + "a search hardly moves where no picture differs from another"
        : null;

    /// <summary>Encodes every image that lies directly in a folder: PNG, JPEG, WebP and TIFF, by the ending of the name.</summary>
    /// <exception cref="CfgenException">Fewer than two images, or one that cannot be read, fitted or encoded.</exception>
    public static ImageStatistics Measure(string folder, ImageSpec spec, ImageEncoder encoder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        string[] paths = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Where(HasEnding).Order(StringComparer.Ordinal)] : [];
        if (paths.Length < 2) throw TooFew(folder, paths.Length);
        CodeStatistics codes = new(encoder.WDim);
        List<BundleFile> images = [];
        foreach (string path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            InputImage image = InputImage.Load(path, spec);
            float[] code = encoder.EncodeOnce(image.Tensor, cancellationToken);
            if (!Array.TrueForAll(code, float.IsFinite)) throw NotFinite(path);
            for (int start = 0; start < code.Length; start += encoder.WDim) codes.Add(code.AsSpan(start, encoder.WDim));
            images.Add(new("picture for the statistics", path, image.Sha256));
        }
        return new(codes, images);
    }

    static bool HasEnding(string path) => s_endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    static InputException TooFew(string folder, int count) => new(new("pictures-too-few", "mean and covariance need more pictures")
    {
        Where = folder,
        Found = Directory.Exists(folder) ? count == 0 ? "no picture" : "one picture" : "no such folder",
        Expected = "two PNG, JPEG, WebP or TIFF files or more, better some times as many as a code has numbers",
        Fix = "name a folder with pictures of the kind that the generator makes",
    });

    static InputException NotFinite(string path) =>
        new(new("code-not-finite", "the encoder gives no code of a picture: its values are not numbers")
        {
            Where = path,
            Fix = "check the encoder, or take the picture out of the folder",
        });
}
