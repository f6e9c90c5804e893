namespace Cfgen.OnnxFormat.Checking;

/// <summary>What the check knows of a value.</summary>
/// <param name="Tensor">Its numbers, where the file holds them, or a short list that follows from such.</param>
/// <param name="Shape">Its dimensions, -1 for one that is not known; null where not even the rank is known.</param>
/// <param name="IsConstant">Whether it depends on nothing that is fed, so that a runtime may compute it while loading.</param>
sealed record ValueFacts(TensorProto? Tensor, IReadOnlyList<long>? Shape, bool IsConstant)
{
    /// <summary>Longest list of sizes that is looked at. Real ones have one entry for each dimension.</summary>
    const int MaxSizes = 1024;

    /// <summary>A value of which nothing is known but that it is made.</summary>
    public static ValueFacts Unknown { get; } = new(null, null, false);

    /// <summary>A constant of which nothing else is known.</summary>
    public static ValueFacts UnknownConstant { get; } = new(null, null, true);

    /// <summary>A tensor of the file, already checked.</summary>
    public static ValueFacts Of(TensorProto tensor) => new(tensor, tensor.Dims, true);

    /// <summary>What is declared of an input or another value.</summary>
    public static ValueFacts Of(ValueInfoProto value) =>
        value.Type?.TensorType?.Shape is { } shape
            ? new(null, [.. shape.Dim.Select(d => d.HasDimValue && d.DimValue >= 0 ? d.DimValue : -1)], false)
            : Unknown;

    /// <summary>The numbers, where they are a short list in the file itself; otherwise null.</summary>
    public double[]? Numbers() =>
        Tensor is { DataLocation: not TensorProto.Types.DataLocation.External } tensor && TensorCheck.HoldsNumbers(tensor)
            && tensor.ElementCount() <= MaxSizes
            ? tensor.ToDoubles()
            : null;
}
