using System.Globalization;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Graphs;

/// <summary>An input or output as the model file declares it. A length is null where it is free or not told.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Lengths, or null where not even the rank is told.</param>
public sealed record ModelPort(string Name, DataType Type, IReadOnlyList<long?>? Shape)
{
    /// <summary>Inputs that have to be fed.</summary>
    public static IReadOnlyList<ModelPort> Inputs(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. model.Graph.FedInputs().Select(Of)];
    }

    /// <summary>Declared outputs.</summary>
    public static IReadOnlyList<ModelPort> Outputs(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. model.Graph.Output.Select(Of)];
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string shape = Shape is null ? "?"
            : string.Join(", ", Shape.Select((d, i) => d?.ToString(CultureInfo.InvariantCulture) ?? (i == 0 ? "N" : "?")));
        return $"{Name}: {Type.Word()} [{shape}]";
    }

    /// <summary>Whether the declared shape can be this one; null in <paramref name="lengths"/> allows anything.</summary>
    public bool CanBe(params ReadOnlySpan<long?> lengths)
    {
        if (Shape is null) return true;
        if (Shape.Count != lengths.Length) return false;
        for (int i = 0; i < lengths.Length; i++)
        {
            if (Shape[i] is { } own && lengths[i] is { } wanted && own != wanted) return false;
        }
        return true;
    }

    /// <summary>
    /// Channels, height and width of the pictures that a port of rank 4 holds, and whether the channels stand last. They do where the last
    /// axis can be channels (1 or 3) and the second cannot; null for another rank.
    /// </summary>
    public (long? Channels, long? Height, long? Width, bool ChannelsLast)? Picture => Shape switch
    {
        [_, not (1 or 3) and var height, var width, (1 or 3) and var channels] => (channels, height, width, true),
        [_, var channels, var height, var width] => (channels, height, width, false),
        _ => null,
    };

    /// <summary>The same port without the axes of length 1 behind the batch: [N, K, 1, 1] holds what [N, K] does.</summary>
    internal ModelPort WithoutOnes() => Shape is null ? this : this with { Shape = [.. Shape.Where((d, axis) => axis == 0 || d != 1)] };

    internal static ModelPort Of(ValueInfoProto info)
    {
        TypeProto.Types.Tensor? tensor = info.Type?.TensorType;
        long?[]? shape = tensor?.Shape is null ? null
            : [.. tensor.Shape.Dim.Select(d =>
            d.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue ? d.DimValue : (long?)null)];
        return new(info.Name, (DataType)(tensor?.ElemType ?? 0), shape);
    }
}
