using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>Numbers as Python code keeps them: its own, or NumPy's scalars and arrays. Null where a value is something else.</summary>
static class PythonNumbers
{
    public static int? TryInt(PickleValue value, TorchErrors errors) => value switch
    {
        PickleInt { Value: var n } => n >= int.MinValue && n <= int.MaxValue ? (int)n : null,
        PickleCall when NumpyArrays.TryRead(value, errors) is { Shape.Count: 0, ElementType: not ElementType.Bool } scalar =>
            scalar.ToWholeNumbers() is [var n] ? Narrow(n) : null,
        _ => null,
    };

    public static double? TryDouble(PickleValue value, TorchErrors errors) => value switch
    {
        PickleFloat { Value: var x } => x,
        PickleInt { Value: var n } => (double)n,
        PickleCall when NumpyArrays.TryRead(value, errors) is { Shape.Count: 0, ElementType: not ElementType.Bool } scalar =>
            scalar.ToDoubles()[0],
        _ => null,
    };

    public static bool? TryBool(PickleValue value, TorchErrors errors) => value switch
    {
        PickleBool { Value: var b } => b,
        PickleCall when NumpyArrays.TryRead(value, errors) is { Shape.Count: 0, ElementType: ElementType.Bool } scalar =>
            scalar.ToDoubles()[0] != 0,
        _ => null,
    };

    public static IReadOnlyList<int>? TryInts(PickleValue value, TorchErrors errors)
    {
        if (Sequence(value) is { } items)
        {
            List<int?> numbers = [.. items.Select(i => TryInt(i, errors))];
            return numbers.Contains(null) ? null : [.. numbers.Select(n => n!.Value)];
        }
        if (value is not PickleCall
            || NumpyArrays.TryRead(value, errors) is not { Shape.Count: 1, ElementType: not ElementType.Bool } array)
            return null;
        return array.ToWholeNumbers() is { } all && all.All(n => Narrow(n) is not null) ? [.. all.Select(n => (int)n)] : null;
    }

    /// <summary>The items of a list or tuple.</summary>
    public static IReadOnlyList<PickleValue>? Sequence(PickleValue value) => value switch
    {
        PickleTuple { Items: var items } => items,
        PickleList { Items: var items } => items,
        _ => null,
    };

    static int? Narrow(long n) => n is >= int.MinValue and <= int.MaxValue ? (int)n : null;
}
