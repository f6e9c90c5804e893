using System.Text.Json;
using System.Text.Json.Serialization;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Results;

/// <summary>Writes <see cref="InversionOutcome"/> as <c>finished</c>, <c>not-finite</c> or <c>cancelled</c>.</summary>
sealed class InversionOutcomeConverter()
    : JsonStringEnumConverter<InversionOutcome>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
