using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.Generators;

/// <summary>Reads weights with the checks that every one of them needs.</summary>
static class Weights
{
    /// <summary>The numbers of a parameter or buffer, which must have that shape and be finite.</summary>
    /// <exception cref="InputException">
    /// It is missing, of another shape than the attributes say, or has an infinite or undefined number.
    /// </exception>
    public static float[] Finite(this PersistentModule module, string name, params ReadOnlySpan<int> shape)
    {
        Tensor tensor = module.Tensor(name);
        if (!shape.SequenceEqual([.. tensor.Shape]))
            throw module.Unfit(
                "network-shape", $"the tensor '{name}' of the network's {module.ClassName} has another shape than its attributes ask for",
                $"{tensor}", $"[{string.Join(", ", shape.ToArray())}]");
        return Checked(module, name, tensor);
    }

    /// <summary>The numbers of a parameter or buffer and its shape; null where it is missing or None.</summary>
    /// <exception cref="InputException">It has an infinite or undefined number.</exception>
    public static (float[] Values, IReadOnlyList<int> Shape)? FiniteOrNull(this PersistentModule module, string name) =>
        module.TensorOrNull(name) is { } tensor ? (Checked(module, name, tensor), tensor.Shape) : null;

    /// <summary>An attribute that must be at least one.</summary>
    /// <exception cref="InputException">It is missing, no whole number, or below one.</exception>
    public static int Positive(this PersistentModule module, string name) => module.Int(name) is var value and > 0
        ? value
        : throw module.Unfit(
            "network-attribute", $"the attribute '{name}' of the network's {module.ClassName} is not what it has to be",
            $"{module.Int(name)}", "a whole number above zero");

    /// <summary>An attribute that must be a finite number.</summary>
    /// <exception cref="InputException">It is missing, no number, or not finite.</exception>
    public static double FiniteNumber(this PersistentModule module, string name) =>
        module.Double(name) is var value && double.IsFinite(value)
        ? value
        : throw module.Unfit(
            "network-attribute", $"the attribute '{name}' of the network's {module.ClassName} is not what it has to be",
            $"{module.Double(name)}", "a finite number");

    static float[] Checked(PersistentModule module, string name, Tensor tensor) => tensor.FirstNotFinite() is { } place
        ? throw module.Unfit(
            "network-not-finite", $"the tensor '{name}' of the network's {module.ClassName} has a number that is infinite or undefined",
            $"{tensor.ToFloats()[place]} at element {place:N0}", "finite numbers")
        : tensor.ToFloats();
}
