using System.Globalization;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>The names in a graph and in all bodies inside it, so that a new one hides none and is hidden by none.</summary>
/// <param name="graph">Read once; names made here are remembered.</param>
sealed class UniqueNames(GraphProto graph)
{
    readonly HashSet<string> _taken = [.. Of(graph)];
    readonly Dictionary<string, int> _next = []; // a loop of 20,000 iterations wants as many of one name

    /// <summary>The name wanted where it is free, else with a number behind it.</summary>
    public string Fresh(string wanted)
    {
        if (_taken.Add(wanted)) return wanted;
        int i = _next.GetValueOrDefault(wanted, 2);
        string name;
        do name = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{i++}");
        while (!_taken.Add(name));
        _next[wanted] = i;
        return name;
    }

    static IEnumerable<string> Of(GraphProto graph) =>
    [
        .. graph.Input.Concat(graph.Output).Select(v => v.Name),
        .. graph.Initializer.Select(t => t.Name),
        .. graph.Node.SelectMany(n => n.Input.Concat(n.Output).Concat(n.Bodies().SelectMany(Of))),
    ];
}
