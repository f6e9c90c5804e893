using System.Collections.Frozen;
using System.Globalization;

namespace Cfgen.OnnxFormat.Checking;

/// <summary>The table of what each operator asks of a node, in every opset that is read: <c>operators.txt</c>, which tells how it is
/// written.</summary>
static class OperatorSchemas
{
    const string Resource = "Cfgen.OnnxFormat.Checking.operators.txt";

    static readonly Lazy<FrozenDictionary<string, OperatorSchema[]>> s_all = new(Read);

    /// <summary>The operators of the table, each behind its domain where that is not the standard one.</summary>
    public static IEnumerable<string> Operators => s_all.Value.Keys;

    /// <summary>Whether the table has the operator, in whatever opset.</summary>
    public static bool Has(NodeProto node) => s_all.Value.ContainsKey(Key(node));

    /// <summary>What holds for a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="opset">Version of the standard operators; operators of other domains have one form alone.</param>
    /// <returns>Null for an operator that the table does not have, or not yet in that opset.</returns>
    public static OperatorSchema? Find(NodeProto node, int opset)
    {
        if (!s_all.Value.TryGetValue(Key(node), out OperatorSchema[]? versions)) return null;
        if (!ModelExtensions.IsStandardDomain(node.Domain)) return versions[0];
        return opset < OpsetRaiser.Oldest ? null : versions.LastOrDefault(v => v.Since <= opset);
    }

    static string Key(NodeProto node) => ModelExtensions.IsStandardDomain(node.Domain) ? node.OpType : $"{node.Domain}.{node.OpType}";

    static FrozenDictionary<string, OperatorSchema[]> Read()
    {
        using Stream stream = typeof(OperatorSchemas).Assembly.GetManifestResourceStream(Resource)!;
        using StreamReader reader = new(stream);
        List<(string Operator, OperatorSchema Schema)> rows = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            string[] words = line.Split(' ');
            AttributeSchema[] attributes = Array.ConvertAll(words[4..], AttributeSchema.Parse);
            int since = int.Parse(words[1], CultureInfo.InvariantCulture);
            rows.Add((words[0], new(since, PortSchema.ParseAll(words[2]), PortSchema.ParseAll(words[3]), attributes)));
        }
        return rows.GroupBy(r => r.Operator).ToFrozenDictionary(g => g.Key, g => g.Select(r => r.Schema).ToArray(), StringComparer.Ordinal);
    }
}
