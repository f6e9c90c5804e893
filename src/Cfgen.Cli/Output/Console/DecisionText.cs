using System.Globalization;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;

namespace Cfgen.Cli.Output.Console;

/// <summary>What the classifier takes an image for, in words.</summary>
static class DecisionText
{
    /// <summary>Such as <c>four with probability 0.9973</c>.</summary>
    public static string Of(DecisionRecord decision) => Of(decision.Class, decision.Probability);

    /// <inheritdoc cref="Of(DecisionRecord)"/>
    public static string Of(ClassRecord named, double probability) =>
        string.Create(CultureInfo.InvariantCulture, $"{named.Name} with probability {probability:0.0000}");
}
