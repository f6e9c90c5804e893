using Cfgen.Descriptors;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Bundles;

/// <summary>
/// The names by which a bundle calls descriptors have to be those of descriptors: one that is mistyped would be without effect.
/// </summary>
static class DescriptorNames
{
    /// <exception cref="InputException">The bundle gives a standard deviation of something that is not measured.</exception>
    public static Bundle Check(Bundle bundle)
    {
        string[] known = [.. Measurements.All.Select(m => m.Name)];
        if (bundle.Manifest.Descriptors?.StandardDeviations.Keys.FirstOrDefault(name => !known.Contains(name)) is not { } unknown)
            return bundle;
        throw new InputException(new("descriptor-unknown", "model.json gives the standard deviation of a descriptor that there is not")
        {
            Where = bundle.Where,
            Found = $"'descriptors.standardDeviations.{unknown}'",
            Expected = $"one of {string.Join(", ", known)}",
            Fix = Nearest.Of(unknown, known) is { } nearest ? $"did you mean '{nearest}'?" : "remove the key",
        });
    }
}
