using System.Security.Cryptography;
using System.Text;
using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>A module of a network as data: its class's name, attributes, parameters, buffers and the modules in it.</summary>
public sealed partial class PersistentModule
{
    readonly TorchErrors _errors;
    readonly long _offset;

    internal PersistentModule(TorchErrors errors, long offset, string path) => (_errors, _offset, Path) = (errors, offset, path);

    /// <summary>Where it was first found in the network, such as <c>G_ema.synthesis.input</c>.</summary>
    public string Path { get; }

    /// <summary>The name of its class, such as <c>SynthesisLayer</c>.</summary>
    public required string ClassName { get; init; }

    /// <summary>The source text that the file carries for the class, which is never run; empty where there is none.</summary>
    public required string ModuleSource { get; init; }

    /// <summary>SHA-256 of the source text as UTF-8 with line feeds, in small hexadecimal digits.</summary>
    /// <remarks>
    /// Only what ends a line in Python counts as the end of one: <c>string.ReplaceLineEndings</c> takes more for it, so that texts of
    /// different meaning had one hash.
    /// </remarks>
    public string SourceHash =>
        field ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ModuleSource.Replace("\r\n", "\n").Replace('\r', '\n'))));

    /// <summary>The attributes of its own by name, as the file has them, without parameters, buffers and modules.</summary>
    public required IReadOnlyDictionary<string, PickleValue> Attributes { get; init; }

    /// <summary>Its parameters by name in the order of the file; null where one is None.</summary>
    public required IReadOnlyDictionary<string, Tensor?> Parameters { get; init; }

    /// <summary>Its buffers by name in the order of the file; null where one is None.</summary>
    public required IReadOnlyDictionary<string, Tensor?> Buffers { get; init; }

    /// <summary>The modules in it by name in the order of the file, without those that are None.</summary>
    public required IReadOnlyDictionary<string, PersistentModule> Children { get; init; }

    /// <summary>The module in it of that name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public PersistentModule Child(string name) => Children.GetValueOrDefault(name)
        ?? throw Unfit(
            "network-layout", $"the network's {ClassName} lacks the module '{name}'", $"the modules {Listed(Children.Keys)}",
            $"'{name}' among them");

    /// <summary>The parameter or buffer of that name.</summary>
    /// <exception cref="InputException">There is none, or it is None.</exception>
    public Tensor Tensor(string name) => TensorOrNull(name)
        ?? throw Unfit(
            "network-layout", $"the network's {ClassName} lacks the tensor '{name}'",
            $"the tensors {Listed(Parameters.Keys.Concat(Buffers.Keys))}", $"'{name}' among them, and not None");

    /// <summary>The parameter or buffer of that name, or null where there is none or it is None.</summary>
    public Tensor? TensorOrNull(string name) => Parameters.GetValueOrDefault(name) ?? Buffers.GetValueOrDefault(name);

    /// <summary>An error about this module, at its place in the file.</summary>
    public InputException Unfit(string code, string what, string? found, string? expected) =>
        _errors.At(_offset, code, $"{what} (at {Path})", found, expected, Fixes.Publisher);

    /// <summary>Class and place.</summary>
    public override string ToString() => $"{ClassName} at {Path}";

    static string Listed(IEnumerable<string> names) =>
        PickleValue.Shown(string.Join(", ", names.Take(12))) is { Length: > 0 } list ? list : "none";
}
