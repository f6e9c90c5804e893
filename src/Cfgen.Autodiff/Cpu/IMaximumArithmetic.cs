namespace Cfgen.Autodiff.Cpu;

/// <summary>
/// What the gradient of a maximum does with one element of every window at a time, in the operators that suit the layout.
/// </summary>
interface IMaximumArithmetic
{
    /// <summary>1 where a position of the window holds the maximum, else 0.</summary>
    /// <param name="element">The elements at that position, 0 in the padding.</param>
    /// <param name="maximum">The maxima.</param>
    /// <param name="position">Which one it is.</param>
    string IsLargest(string element, string maximum, long position);

    /// <summary>a - b.</summary>
    string Subtract(string a, string b);
}
