using Google.Protobuf.Collections;

namespace Cfgen.OnnxFormat.Checking;

/// <summary>The values that are made so far in one graph, and around it those of the graphs that it is a body of.</summary>
/// <param name="around">The scope around a body; null for the model's graph and for functions, which see no names but their own.</param>
/// <param name="declared">What the graph declares of its inner values.</param>
sealed class Scope(Scope? around, RepeatedField<ValueInfoProto> declared)
{
    readonly Dictionary<string, ValueFacts> _values = new(StringComparer.Ordinal);
    Dictionary<string, ValueInfoProto>? _declared; // few operators ask

    /// <summary>What is known of a value; null where nothing has made it yet.</summary>
    public ValueFacts? Find(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._values.TryGetValue(name, out ValueFacts? facts)) return facts;
        }
        return null;
    }

    /// <summary>
    /// The shape of a value as far as it is known or declared, -1 for unknown dimensions; null where not even the rank is known.
    /// </summary>
    public IReadOnlyList<long>? Shape(string name)
    {
        if (Find(name) is { Shape: { } shape }) return shape;
        if (_declared is null)
        {
            _declared = new(StringComparer.Ordinal);
            foreach (ValueInfoProto value in declared) _declared[value.Name] = value;
        }
        return _declared.TryGetValue(name, out ValueInfoProto? info) ? ValueFacts.Of(info).Shape : null;
    }

    /// <summary>Adds a value; false where this graph has one of that name. A body may use a name anew.</summary>
    public bool TryAdd(string name, ValueFacts facts) => _values.TryAdd(name, facts);

    /// <summary>
    /// Adds an initializer; false where there is one of that name. An input of that name, which it is the default of, is no hindrance.
    /// </summary>
    public bool TryAddInitializer(TensorProto tensor)
    {
        if (_values.TryGetValue(tensor.Name, out ValueFacts? present) && present.Tensor is not null) return false;
        _values[tensor.Name] = ValueFacts.Of(tensor);
        return true;
    }

    Scope? Outer => around;
}
