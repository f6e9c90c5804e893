using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Counterfactuals;
using Cfgen.Inference;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Commands.Explain;

/// <summary>Says how a code was found.</summary>
static class InversionRecords
{
    /// <summary>By the encoder alone.</summary>
    public static InversionRecord OfEncoder { get; } = new() { Method = "encoder", Steps = 0, Start = null, StartLoss = null, Loss = null };

    /// <summary>By the encoder, and then by descent.</summary>
    public static InversionRecord OfRefinement(InversionResult found) => OfProjection(found) with { Method = "encoder-refined", Start = null };

    /// <summary>By descent from starts that know nothing of the image.</summary>
    public static InversionRecord OfProjection(InversionResult found) =>
        new() { Method = "projection", Steps = found.Steps, Start = found.Start, StartLoss = Finite.OrNull(found.StartLoss), Loss = Finite.OrNull(found.Loss) };

    /// <summary>The error where no start gave a picture.</summary>
    public static ModelContractException NoPicture(Bundle bundle) =>
        new(new("generator-not-finite", "the generator makes no picture, or no gradient, of any start: the values are not numbers") { Where = bundle.Generator.Path, Fix = "check the generator and what tells where its codes lie" });
}
