using System.Text.Json.Serialization;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;

namespace Cfgen.Inference.Bundles;

/// <summary>Generated reader of <see cref="ModelManifest"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(WordConverter<ChannelOrder>), typeof(WordConverter<ClassifierOutput>), typeof(WordConverter<ForegroundTone>),
            typeof(WordConverter<ObjectiveKind>),
        typeof(WordConverter<ImageFitting>), typeof(WordConverter<ResizeFilter>), typeof(WordConverter<LatentSpace>),
        typeof(WordConverter<LatentPrior>), typeof(WordConverter<StepRule>),
    ],
    RespectNullableAnnotations = true,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelManifest))]
public sealed partial class ManifestJson : JsonSerializerContext;
