using System.Diagnostics.CodeAnalysis;

namespace Cfgen.StyleGan.Generators;

/// <summary>The numbers that a generator computes with.</summary>
[SuppressMessage(
    "Naming", "CA1720:Identifier contains type name", Justification = "The names that people give the two on the command line.")]
public enum GeneratorPrecision
{
    /// <summary>Single precision throughout.</summary>
    Float32,

    /// <summary>Half precision in the layers that were trained for it, single precision in all others.</summary>
    Float16,
}
