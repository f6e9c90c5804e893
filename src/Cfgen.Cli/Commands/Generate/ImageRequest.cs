using System.Globalization;
using Cfgen.Inference.Generators;

namespace Cfgen.Cli.Commands.Generate;

/// <summary>What makes a picture what it is.</summary>
/// <param name="Seed">Of its z.</param>
/// <param name="Class">Of a conditional generator, from 0; else null.</param>
/// <param name="Truncation">Of its code.</param>
readonly record struct ImageRequest(uint Seed, int? Class, Truncation Truncation)
{
    /// <summary>In words, such as <c>seed 42, class 3, psi 0.7</c>.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"seed {Seed}{(Class is { } c ? $", class {c}" : "")}{(Truncation.Psi == 1 ? "" : $", psi {Truncation.Psi}")}"
            + $"{(Truncation.Cutoff is { } layers ? $" in the first {layers} layers" : "")}");
}
