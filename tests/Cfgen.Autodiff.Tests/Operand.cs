using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>One input of a node under test.</summary>
/// <param name="Role">What it is to the gradient.</param>
/// <param name="Shape">Its shape, batch first.</param>
sealed record Operand(OperandRole Role, params long[] Shape)
{
    /// <summary>Element type; null is the real type of the case.</summary>
    public DataType? Type { get; init; }

    /// <summary>The numbers, row major; null draws them from <see cref="Low"/> to <see cref="High"/>.</summary>
    public double[]? Values { get; init; }

    /// <summary>Smallest number drawn.</summary>
    public double Low { get; init; } = -1;

    /// <summary>Largest number drawn.</summary>
    public double High { get; init; } = 1;

    /// <summary>An input of the graph whose gradient is checked.</summary>
    public static Operand Variable(params long[] shape) => new(OperandRole.Variable, shape);

    /// <summary>An input of the graph whose gradient is not asked for.</summary>
    public static Operand Fed(params long[] shape) => new(OperandRole.Fed, shape);

    /// <summary>Reals that stand in the model.</summary>
    public static Operand Constant(params long[] shape) => new(OperandRole.Constant, shape);

    /// <summary>A real number that stands in the model.</summary>
    public static Operand Number(double value) => new(OperandRole.Constant) { Values = [value] };

    /// <summary>A vector of integers that stands in the model.</summary>
    public static Operand Longs(params long[] values) =>
        new(OperandRole.Constant, values.Length) { Type = DataType.Int64, Values = Array.ConvertAll(values, v => (double)v) };

    /// <summary>An integer that stands in the model.</summary>
    public static Operand Long(long value) => new(OperandRole.Constant) { Type = DataType.Int64, Values = [value] };

    /// <summary>Truth values, true and false in turn, given at run time.</summary>
    public static Operand Truths(params long[] shape) => new(OperandRole.Fed, shape)
    {
        Type = DataType.Bool,
        Values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, d) => product * d)).Select(i => (i + 1) % 2.0)],
    };

    /// <summary>An optional input that is left out.</summary>
    public static Operand Absent { get; } = new(OperandRole.Absent);

    /// <summary>The operand with numbers from a range in which the operator is smooth.</summary>
    public Operand Within(double low, double high) => this with { Low = low, High = high };

    /// <summary>The operand with these numbers.</summary>
    public Operand Of(params double[] values) => this with { Values = values };

    /// <summary>Its value in a run.</summary>
    public Tensor Draw(DataType real, Random random) =>
        Values is null ? Tensor.Draw(Type ?? real, Shape, random, Low, High) : new(Type ?? real, Shape, Values);
}
