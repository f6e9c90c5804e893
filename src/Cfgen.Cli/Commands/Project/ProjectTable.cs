using System.Globalization;
using Cfgen.Cli.Output.Console;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Commands.Project;

/// <summary>What a person wants to know first about a projection.</summary>
static class ProjectTable
{
    /// <summary>The rows in order.</summary>
    public static IEnumerable<(string Key, string Value)> Rows(ProjectRecord s)
    {
        yield return ("outcome", s.Outcome is InversionOutcome.Finished
            ? "finished"
            : "ended early: the networks gave a number that is not finite");
        yield return ("start", s.Inversion.Start is 0 ? "the mean of the latent codes" : Text($"drawn code {s.Inversion.Start}"));
        yield return ("steps", Text($"{s.Inversion.Steps}"));
        yield return ("loss", Text($"{s.Inversion.StartLoss:0.0000} before, {s.Inversion.Loss:0.0000} after"));
        yield return ("reconstruction", ReconstructionText.Of(s.Reconstruction));
        if (s.Original is { } original)
            yield return ("image", Text($"{original.Class.Name} with probability {original.Probability:0.0000}"));
        if (s.Reconstructed is { } judged)
            yield return ("as reconstructed", Text($"{judged.Class.Name} with probability {judged.Probability:0.0000}"));
        yield return ("distance", Text($"{s.Mahalanobis:0.00} standard deviations of the latent codes from their mean"));
        yield return ("files", s.Folder!);
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
