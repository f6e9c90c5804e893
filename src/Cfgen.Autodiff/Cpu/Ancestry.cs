using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>What is known of a value from the operators that it comes from.</summary>
static class Ancestry
{
    // Far more than the layers that a property reaches through; a graph of a million sums is not walked for each of them.
    const int MostNodes = 4096;

    /// <summary>Whether every way back from a value ends at an operator that settles the matter.</summary>
    /// <param name="index">Of the forward graph.</param>
    /// <param name="value">Where the ways begin.</param>
    /// <param name="onward">For the operator that makes a value: the inputs to go on with, none where it settles the matter, null where it
    /// denies it.</param>
    public static bool Settles(GraphIndex index, string value, Func<NodeProto, IEnumerable<string>?> onward)
    {
        HashSet<string> seen = [value];
        Queue<string> open = new(seen);
        while (open.TryDequeue(out string? next))
        {
            if (seen.Count > MostNodes || index.Maker(next) is not { } node || onward(node) is not { } inputs) return false;
            foreach (string input in inputs.Where(seen.Add)) open.Enqueue(input);
        }
        return true;
    }

    /// <summary>Whether a value is what rectifiers let through, side by side or the largest of it.</summary>
    public static bool IsRectified(GraphIndex index, string value) => IsRectified(index, value, _ => true);

    /// <summary>Whether it is that, and nothing else reads it or what it is made of.</summary>
    public static bool IsRectifiedAlone(GraphIndex index, string value) =>
        index.IsReadOnce(value) && IsRectified(index, value, index.IsReadOnce);

    static bool IsRectified(GraphIndex index, string value, Predicate<string> passes) =>
        Settles(index, value, node => node.OpType switch
    {
        "Relu" => [],
        "Concat" or "MaxPool" when node.Input.All(input => passes(input)) => node.Input,
        _ => null,
    });
}
