using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.StyleGan2;

/// <summary>
/// Checks of what a module says of itself: it has to fit the module's tensors and its place in the network. Older files say less, so that
/// every attribute may be missing.
/// </summary>
static class ModuleChecks
{
    /// <summary>The first length of a tensor, which no attribute says.</summary>
    /// <exception cref="InputException">The tensor is missing, or is a single number or empty.</exception>
    public static int Outputs(this PersistentModule module, string name) =>
        module.Tensor(name) is var tensor && tensor.Shape.Count > 0 && tensor.Count > 0
        ? tensor.Shape[0]
        : throw module.Unfit(
            "network-shape", $"the tensor '{name}' of the network's {module.ClassName} has another shape than a layer's",
            $"{module.Tensor(name)}", "one number or more for each channel");

    /// <summary>Requires that an attribute, where the module has it, is the number that its place in the network asks for.</summary>
    /// <exception cref="InputException">It is another.</exception>
    public static void Require(this PersistentModule module, string attribute, int expected)
    {
        int found = module.Int(attribute, expected);
        if (found != expected) throw Disagrees(module, attribute, $"{found}", $"{expected}");
    }

    /// <summary>Requires that an attribute, where the module has it, is the text that can be imported.</summary>
    /// <exception cref="InputException">It is another.</exception>
    public static void Require(this PersistentModule module, string attribute, string expected)
    {
        string found = module.Text(attribute, expected);
        if (found != expected) throw Disagrees(module, attribute, $"'{found}'", $"'{expected}'");
    }

    /// <summary>A factor that is finite and greater than 0, or the default where the attribute is missing.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public static double Gain(this PersistentModule module, string attribute, double missing)
    {
        double gain = module.Double(attribute, missing);
        return double.IsFinite(gain) && gain > 0 ? gain : throw Disagrees(module, attribute, $"{gain}", "a finite number greater than 0");
    }

    /// <summary>Largest absolute value of a layer's output; null where it has no bound.</summary>
    /// <exception cref="InputException">It is not greater than 0.</exception>
    public static double? Clamp(this PersistentModule module) => module.IsNoneOrMissing("conv_clamp") ? null : module.Gain("conv_clamp", 1);

    static InputException Disagrees(PersistentModule module, string attribute, string found, string expected) =>
        module.Unfit(
            "network-attribute", $"the attribute '{attribute}' of the network's {module.ClassName} does not fit the layers around it",
            found, expected);
}
