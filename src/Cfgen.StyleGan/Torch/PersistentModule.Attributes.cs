using System.Diagnostics.CodeAnalysis;
using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <remarks>
/// Numbers may be Python's, or NumPy scalars and arrays. A default stands in only where the attribute is missing; one of another kind is an
/// error all the same.
/// </remarks>
[SuppressMessage(
    "Naming", "CA1720:Identifier contains type name", Justification = "A getter says which type it gets, as those of data readers do.")]
public sealed partial class PersistentModule
{
    /// <summary>A whole number.</summary>
    /// <exception cref="InputException">It is missing or something else; the error names class, attribute and what was found.</exception>
    public int Int(string name) =>
        PythonNumbers.TryInt(Required(name, "a whole number"), _errors) ?? throw Wrong(name, "a whole number of 32 bits");

    /// <summary>A whole number, or the default where the attribute is missing.</summary>
    /// <exception cref="InputException">It is something else.</exception>
    public int Int(string name, int missing) => Attributes.ContainsKey(name) ? Int(name) : missing;

    /// <summary>A number.</summary>
    /// <exception cref="InputException">It is missing or something else.</exception>
    public double Double(string name) => PythonNumbers.TryDouble(Required(name, "a number"), _errors) ?? throw Wrong(name, "a number");

    /// <summary>A number, or the default where the attribute is missing.</summary>
    /// <exception cref="InputException">It is something else.</exception>
    public double Double(string name, double missing) => Attributes.ContainsKey(name) ? Double(name) : missing;

    /// <summary>A number, or null where the attribute is missing or None.</summary>
    /// <exception cref="InputException">It is something else.</exception>
    public double? DoubleOrNull(string name) => IsNoneOrMissing(name) ? null : Double(name);

    /// <summary>True or false.</summary>
    /// <exception cref="InputException">It is missing or something else.</exception>
    public bool Bool(string name) => PythonNumbers.TryBool(Required(name, "True or False"), _errors) ?? throw Wrong(name, "True or False");

    /// <summary>True or false, or the default where the attribute is missing.</summary>
    /// <exception cref="InputException">It is something else.</exception>
    public bool Bool(string name, bool missing) => Attributes.ContainsKey(name) ? Bool(name) : missing;

    /// <summary>A text.</summary>
    /// <exception cref="InputException">It is missing or something else.</exception>
    public string Text(string name) => Required(name, "a text") is PickleText { Value: var text } ? text : throw Wrong(name, "a text");

    /// <summary>A text, or the default where the attribute is missing.</summary>
    /// <exception cref="InputException">It is something else.</exception>
    public string Text(string name, string missing) => Attributes.ContainsKey(name) ? Text(name) : missing;

    /// <summary>Whole numbers: of a list, tuple, torch.Size or array of one dimension.</summary>
    /// <exception cref="InputException">They are missing or something else.</exception>
    public IReadOnlyList<int> Ints(string name) =>
        PythonNumbers.TryInts(Required(name, "whole numbers"), _errors) ?? throw Wrong(name, "a list of whole numbers of 32 bits");

    /// <summary>Texts of a list or tuple.</summary>
    /// <exception cref="InputException">They are missing or something else.</exception>
    public IReadOnlyList<string> Texts(string name) =>
        PythonNumbers.Sequence(Required(name, "texts")) is { } items && items.All(i => i is PickleText)
        ? [.. items.Select(i => ((PickleText)i).Value)]
        : throw Wrong(name, "a list of texts");

    /// <summary>Whether the attribute is None or is not there.</summary>
    public bool IsNoneOrMissing(string name) => Attributes.GetValueOrDefault(name) is null or PickleNone;

    PickleValue Required(string name, string expected) => Attributes.TryGetValue(name, out PickleValue? value)
        ? value
        : throw Unfit("network-attribute", $"the network's {ClassName} lacks the attribute '{name}'", "nothing", expected);

    InputException Wrong(string name, string expected) =>
        Unfit("network-attribute", $"the attribute '{name}' of the network's {ClassName} is not what it has to be", $"{Attributes[name]}",
            expected);
}
