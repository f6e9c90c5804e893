using System.Globalization;
using Cfgen.Cli.Commands.Explain;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;
using Cfgen.Inference.Images;

namespace Cfgen.Cli.Bundles;

/// <summary>How the codes that an encoder finds for the pictures of a folder are spread.</summary>
/// <param name="Codes">Mean and covariance. Where the encoder gives a code for each layer, every one of them counts.</param>
/// <param name="Pictures">The pictures, in the order of their names.</param>
sealed record PictureStatistics(CodeStatistics Codes, IReadOnlyList<BundleFile> Pictures)
{
    static readonly string[] s_endings = [".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"];

    /// <summary>What to know before relying on them; null where nothing is wrong.</summary>
    public string? Warning => Codes.IsRankDeficient
        ? string.Create(CultureInfo.InvariantCulture, $"the covariance is rank deficient: {Codes.Count} codes for {Codes.Dimension} dimensions, {Codes.Dimension + 1} or more are needed; a search hardly moves where no picture differs from another")
        : null;

    /// <summary>Encodes every picture that lies directly in a folder: PNG, JPEG, WebP and TIFF, by the ending of the name.</summary>
    /// <exception cref="CfgenException">Fewer than two pictures, or one that cannot be read, fitted or encoded.</exception>
    public static PictureStatistics Measure(string folder, ImageSpec image, ImageEncoder encoder, CancellationToken cancellationToken)
    {
        string[] paths = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder).Where(HasEnding).Order(StringComparer.Ordinal)] : [];
        if (paths.Length < 2) throw new InputException(new("pictures-too-few", "mean and covariance need more pictures")
        {
            Where = folder,
            Found = Directory.Exists(folder) ? paths.Length == 0 ? "no picture" : "one picture" : "no such folder",
            Expected = "two PNG, JPEG, WebP or TIFF files or more, better some times as many as a code has numbers",
            Fix = "name a folder with pictures of the kind that the generator makes",
        });
        CodeStatistics codes = new(encoder.WDim);
        List<BundleFile> pictures = [];
        foreach (string path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Picture picture = Picture.Load(path, image);
            float[] code = encoder.EncodeOnce(picture.Tensor, cancellationToken);
            if (!Array.TrueForAll(code, float.IsFinite)) throw new InputException(new("code-not-finite", "the encoder gives no code of a picture: its values are not numbers") { Where = path, Fix = "check the encoder, or take the picture out of the folder" });
            for (int start = 0; start < code.Length; start += encoder.WDim) codes.Add(code.AsSpan(start, encoder.WDim));
            pictures.Add(new("picture for the statistics", path, picture.Sha256));
        }
        return new(codes, pictures);
    }

    static bool HasEnding(string path) => s_endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
