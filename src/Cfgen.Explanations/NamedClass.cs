using System.Globalization;

namespace Cfgen.Explanations;

/// <summary>A class of the classifier.</summary>
/// <param name="Index">Of the classifier's output, from 0.</param>
/// <param name="Name">Its name; the index where it has none.</param>
public sealed record NamedClass(int Index, string Name)
{
    /// <summary>Such as <c>four with probability 0.9973</c>.</summary>
    public string WithProbability(double probability) =>
        string.Create(CultureInfo.InvariantCulture, $"{Name} with probability {probability:0.0000}");
}
