using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Cpu;

/// <summary>What is known of a value from the operators that it comes from.</summary>
static class Ancestry
{
    // Far more than the layers that a property reaches through; a graph of a million sums is not walked for each of them.
    const int MostNodes = 4096;

    /// <summary>Whether every way back from a value ends at an operator that settles the matter.</summary>
    /// <param name="values">Of the forward graph.</param>
    /// <param name="value">Where the ways begin.</param>
    /// <param name="onward">For the operator that makes a value: the inputs to go on with, none where it settles the matter, null where it
    /// denies it.</param>
    public static bool Settles(ForwardValues values, string value, Func<NodeProto, IEnumerable<string>?> onward)
    {
        HashSet<string> seen = [value];
        Queue<string> open = new(seen);
        while (open.TryDequeue(out string? next))
        {
            if (seen.Count > MostNodes || values.Producer(next) is not { } node || onward(node) is not { } inputs) return false;
            foreach (string input in inputs.Where(seen.Add)) open.Enqueue(input);
        }
        return true;
    }

    /// <summary>Whether a value is what rectifiers let through, side by side or the largest of it.</summary>
    public static bool IsRectified(ForwardValues values, string value) => IsRectified(values, value, _ => true);

    /// <summary>Whether it is that, and nothing else reads it or what it is made of.</summary>
    public static bool IsRectifiedAlone(ForwardValues values, string value) =>
        values.IsReadOnce(value) && IsRectified(values, value, values.IsReadOnce);

    static bool IsRectified(ForwardValues values, string value, Predicate<string> passes) =>
        Settles(values, value, node => node.OpType switch
    {
        "Relu" => [],
        "Concat" or "MaxPool" when node.Input.All(input => passes(input)) => node.Input,
        _ => null,
    });
}
