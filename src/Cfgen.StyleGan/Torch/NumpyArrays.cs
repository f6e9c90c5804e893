using System.Text;
using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>Gives NumPy's arrays and scalars their meaning.</summary>
/// <remarks>Layout: NumPy's <c>ndarray.__reduce__</c> and <c>dtype.__reduce__</c>.</remarks>
static class NumpyArrays
{
    /// <summary>The array, or the scalar as an array without dimensions; null where the value is neither.</summary>
    /// <exception cref="InputException">It is one, but of a kind that holds no real or whole numbers, or damaged.</exception>
    public static Tensor? TryRead(PickleValue value, TorchErrors errors) => value switch
    {
        PickleCall { Callee: { Module: "numpy.core.multiarray", Name: "scalar" }, Arguments: [var dtype, var data] } =>
            Array(value, errors, [], dtype, fortran: false, data),
        PickleCall
        {
            Callee: { Module: "numpy.core.multiarray", Name: "_reconstruct" },
            State: PickleTuple { Items: [PickleInt, PickleTuple shape, var dtype, PickleBool fortran, var data] }
        } =>
            Array(value, errors, Lengths(value, errors, shape), dtype, fortran.Value, data),
        PickleCall
        {
            Callee: { Module: "numpy.core.numeric", Name: "_frombuffer" },
            Arguments: [var data, var dtype, PickleTuple shape, PickleText order]
        } =>
            Array(value, errors, Lengths(value, errors, shape), dtype, order.Value == "F", data),
        PickleCall { Callee: { Module: "numpy.core.multiarray" or "numpy.core.numeric" } callee } =>
            throw Damaged(value, errors, $"a call of {callee} without what an array needs"),
        _ => null,
    };

    static Tensor Array(PickleValue value, TorchErrors errors, IReadOnlyList<long> shape, PickleValue dtype, bool fortran, PickleValue data)
    {
        ElementType type = Type(value, errors, dtype);
        ReadOnlyMemory<byte> bytes = data switch
        {
            PickleBytes { Value: var b } => b,
            PickleText { Value: var text } when text.All(c => c <= 255) => Encoding.Latin1.GetBytes(text), // the bytes of Python 2
            _ => throw Damaged(value, errors, $"{data} as the elements of an array"),
        };
        (TensorLayout? layout, string? defect) =
            TensorLayout.Check(shape, TensorLayout.StridesInOrder(shape, fortran), 0, bytes.Length / type.Size());
        if (layout is null) throw Damaged(value, errors, defect!);
        return layout.Count * (long)type.Size() == bytes.Length
            ? new(type, layout, bytes)
            : throw Damaged(value, errors, $"{bytes.Length} bytes for {layout.Count} elements of {type}");
    }

    // dtype('f8', False, True) and then the state (3, '<', None, None, None, -1, -1, 0), of which the second is the order of bytes.
    static ElementType Type(PickleValue value, TorchErrors errors, PickleValue dtype)
    {
        if (dtype is not PickleCall
            {
                Callee: { Module: "numpy", Name: "dtype" }, Arguments: [PickleText { Value: var name }, ..],
                State: var state
            })
            throw Damaged(value, errors, $"{dtype} as the type of an array");
        string order = state is PickleTuple { Items: [_, PickleText { Value: var o }, ..] } ? o : "=";
        if (name.Length > 2) (order, name) = (name[..1], name[1..]);
        return order is "<" or "=" or "|" && ElementTypes.OfNumpy(name) is { } type
            ? type
            : throw errors.Refused(
                value, $"an array of the type '{PickleValue.Shown(order + name)}'", "real or whole numbers with their lowest byte first");
    }

    static List<long> Lengths(PickleValue value, TorchErrors errors, PickleTuple shape) =>
        shape.Items.All(i => i is PickleInt { Value: var n } && n >= 0 && n <= int.MaxValue)
            ? [.. shape.Items.Select(i => (long)((PickleInt)i).Value)]
            : throw Damaged(value, errors, "an array's shape that is no tuple of lengths");

    static InputException Damaged(PickleValue value, TorchErrors errors, string found) =>
        errors.Damaged(value, found, "an array as NumPy writes it");
}
