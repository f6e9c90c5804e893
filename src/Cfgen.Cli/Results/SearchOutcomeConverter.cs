using System.Text.Json;
using System.Text.Json.Serialization;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Results;

/// <summary>Writes a <see cref="SearchOutcome"/> in words joined by hyphens: <c>steps-exhausted</c>.</summary>
sealed class SearchOutcomeConverter() : JsonStringEnumConverter<SearchOutcome>(JsonNamingPolicy.KebabCaseLower);
