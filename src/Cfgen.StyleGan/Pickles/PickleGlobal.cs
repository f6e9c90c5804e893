namespace Cfgen.StyleGan.Pickles;

/// <summary>The name of a class, function or other object of a Python module: the name, and nothing else.</summary>
public sealed class PickleGlobal(string module, string name) : PickleValue
{
    /// <summary>The module, such as <c>torch._utils</c>.</summary>
    public string Module { get; } = module;

    /// <summary>The name in the module, such as <c>_rebuild_tensor_v2</c>; with dots where it is one inside a class.</summary>
    public string Name { get; } = name;

    /// <summary>Whether it is this name of this module. A dotted name is another name than the one it would lead to.</summary>
    public bool Is(string module, string name) => Module == module && Name == name;

    /// <inheritdoc/>
    public override string ToString() => Shown($"{Module}.{Name}");
}
