using System.Text.Json;
using System.Text.Json.Serialization;
using Cfgen.Inference.Gradients;

namespace Cfgen.Cli.Commands.Gradient.Check;

/// <summary>Writes a <see cref="GradientVerdict"/> as a word in small letters: <c>agrees</c>.</summary>
sealed class GradientVerdictConverter() : JsonStringEnumConverter<GradientVerdict>(JsonNamingPolicy.KebabCaseLower);
