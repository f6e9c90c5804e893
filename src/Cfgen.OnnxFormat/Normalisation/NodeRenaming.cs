using Google.Protobuf.Collections;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>Renames the values that a node reads and makes, those in its bodies included.</summary>
static class NodeRenaming
{
    /// <summary>Changes the node in place. An input or output left out, which has the empty name, stays left out.</summary>
    public static void Apply(NodeProto node, Func<string, string> rename)
    {
        Apply(node.Input, rename);
        Apply(node.Output, rename);
        foreach (GraphProto body in node.Bodies())
        {
            foreach (ValueInfoProto port in body.Input.Concat(body.Output)) port.Name = Renamed(port.Name, rename);
            foreach (TensorProto tensor in body.Initializer) tensor.Name = Renamed(tensor.Name, rename);
            foreach (NodeProto inner in body.Node) Apply(inner, rename);
            body.ValueInfo.Clear(); // the runtime infers it again
        }
    }

    static void Apply(RepeatedField<string> names, Func<string, string> rename)
    {
        for (int i = 0; i < names.Count; i++) names[i] = Renamed(names[i], rename);
    }

    static string Renamed(string name, Func<string, string> rename) => name.Length == 0 ? name : rename(name);
}
