using Cfgen.Inference.Bundles;
using Cfgen.OnnxFormat;

namespace Cfgen.Cli.Bundles;

/// <summary>Every file that a result depends on: those of a bundle and, after each model, those that hold its data.</summary>
static class BundleInputs
{
    /// <summary>The files of a bundle.</summary>
    /// <exception cref="CfgenException">One is missing or unreadable.</exception>
    public static IEnumerable<BundleFile> Of(Bundle bundle) => bundle.Files.SelectMany(WithData);

    /// <summary>A file and, where it is a model with external data, its data, with roles such as <c>generator data</c>.</summary>
    /// <exception cref="CfgenException">One is missing or unreadable.</exception>
    public static IEnumerable<BundleFile> WithData(BundleFile file) => file.IsModel
        ? OnnxFile.DataFiles(file.Path).Select(path => BundleFile.Open($"{file.Role} data", path, expectedSha256: null)).Prepend(file)
        : [file];
}
