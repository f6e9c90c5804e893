using Cfgen.Cli.CommandLine;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Bundles;

/// <summary>Where the bundle is when the command line does not say.</summary>
static class BundleLocator
{
    /// <summary>The bundle that is meant: the one given, else what <c>CFGEN_BUNDLE</c> names, else the digits beside the program.</summary>
    public static string Find(string? given, CliIo io) =>
        given is not null ? io.FullPath(given)
        : io.Variable("CFGEN_BUNDLE") is { Length: > 0 } named ? io.FullPath(named)
        : Path.Combine(AppContext.BaseDirectory, "models", "digits");

    /// <summary>Opens the bundle that is meant, with the files given in the place of its own.</summary>
    /// <remarks>
    /// A generator that is given without a bundle is one of its own. An encoder finds the codes of one generator, mapping, mean and
    /// covariance are those of its codes, its pictures have their own size
    /// and range, and a classifier judges pictures of their kind: nothing of another generator's bundle, which nobody named, is true of it.
    /// An encoder or a classifier alone does go with the usual bundle: each is made for a
    /// generator that is there already.
    /// </remarks>
    /// <exception cref="CfgenException">The bundle or a file is missing, wrong or unreadable.</exception>
    public static Bundle Open(ModelArguments given, CliIo io) =>
        given is { Bundle: null, Generator: not null }
            ? Bundle.FromModels(given.ToOverrides(io))
            : DescriptorNames.Check(Bundle.Open(Find(given.Bundle, io), given.ToOverrides(io)));
}
