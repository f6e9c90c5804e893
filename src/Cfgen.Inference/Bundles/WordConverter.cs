using System.Text.Json.Serialization;

namespace Cfgen.Inference.Bundles;

/// <summary>Alternatives are written as words; a number that happens to be the place of one in the code is refused.</summary>
sealed class WordConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false) where T : struct, Enum;
