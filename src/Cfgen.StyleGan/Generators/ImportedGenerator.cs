using Cfgen.OnnxFormat;

namespace Cfgen.StyleGan.Generators;

/// <summary>A generator as two ONNX models.</summary>
/// <param name="Synthesis">
/// <c>ws</c> [N, num_ws, w_dim] to <c>image</c> [N, C, H, W], nominally in [-1, 1]; the rows of a batch are independent.
/// </param>
/// <param name="Mapping">
/// <c>z</c> [N, z_dim] and, where it is conditional, <c>c</c> [N, c_dim] to <c>ws</c> [N, num_ws, w_dim]; see <see cref="MappingGraph"/>.
/// </param>
/// <param name="Facts">Sizes and kind.</param>
/// <param name="Warnings">
/// One sentence for each thing that a person should know of, such as source texts that were never compared with the import.
/// </param>
/// <param name="WAvg">The mean code [w_dim], the centre of truncation; empty where the network has none.</param>
public sealed record ImportedGenerator(
    ModelProto Synthesis, ModelProto Mapping, GeneratorFacts Facts, IReadOnlyList<string> Warnings, ReadOnlyMemory<float> WAvg);
