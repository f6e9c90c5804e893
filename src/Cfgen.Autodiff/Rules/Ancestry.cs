using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>What is known of a value from the operators that it comes from.</summary>
static class Ancestry
{
    // Far more than the layers that a property reaches through; a graph of a million sums is not walked for each of them.
    const int MostNodes = 4096;

    /// <summary>Whether every way back from a value ends at an operator that settles the matter.</summary>
    /// <param name="n">The node whose gradient is written.</param>
    /// <param name="value">Where the ways begin.</param>
    /// <param name="onward">For the operator that makes a value: the inputs to go on with, none where it settles the matter, null where it denies it.</param>
    public static bool Settles(GradientContext n, string value, Func<NodeProto, IEnumerable<string>?> onward)
    {
        HashSet<string> seen = [value];
        Queue<string> open = new(seen);
        while (open.TryDequeue(out string? next))
        {
            if (seen.Count > MostNodes || n.Producer(next) is not { } node || onward(node) is not { } inputs) return false;
            foreach (string input in inputs.Where(seen.Add)) open.Enqueue(input);
        }
        return true;
    }
}
