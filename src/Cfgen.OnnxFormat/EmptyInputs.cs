using System.Text;

namespace Cfgen.OnnxFormat;

/// <summary>
/// Optional inputs that are left out at the end of a node's list may be named by nothing or not at all, which means the same. Exporters
/// write a LayerNormalization without bias the first way, and ONNX Runtime (1.31) ends the process when it optimises one: so they are taken
/// off when a model is read.
/// </summary>
public static class EmptyInputs
{
    const string Operator = "LayerNormalization";

    /// <summary>Takes them off every node, those in bodies and functions too.</summary>
    public static void Trim(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Trim(model.Graph.Node);
        foreach (FunctionProto function in model.Functions) Trim(function.Node);
    }

    /// <summary>
    /// Whether a file holds a node whose empty inputs matter to the runtime. It is parsed only where it has the operator's name somewhere.
    /// </summary>
    /// <param name="path">Of a model.</param>
    /// <exception cref="ModelFormatException">It is no whole model.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static bool Matter(string path)
    {
        if (!NamesOperator(path)) return false;
        ModelProto model = OnnxFile.Parse(OnnxFile.ReadAll(path), path);
        return Matter(model.Graph.Node) || model.Functions.Any(f => Matter(f.Node));
    }

    static bool Matter(IEnumerable<NodeProto> nodes) =>
        nodes.Any(n => n.OpType == Operator && n.Input.LastOrDefault() is "" || n.Bodies().Any(body => Matter(body.Node)));

    static bool NamesOperator(string path)
    {
        byte[] name = Encoding.UTF8.GetBytes(Operator), buffer = new byte[1 << 20];
        using FileStream stream = InputFile.OpenStream(path, OnnxFile.MaxMessageBytes);
        int kept = 0; // of the piece before, where the name may have begun
        while (stream.Read(buffer, kept, buffer.Length - kept) is > 0 and int read)
        {
            Span<byte> piece = buffer.AsSpan(0, kept + read);
            if (piece.IndexOf(name) >= 0) return true;
            kept = Math.Min(piece.Length, name.Length - 1);
            piece[^kept..].CopyTo(buffer);
        }
        return false;
    }

    static void Trim(IEnumerable<NodeProto> nodes)
    {
        foreach (NodeProto node in nodes)
        {
            while (node.Input.Count > 0 && node.Input[^1].Length == 0) node.Input.RemoveAt(node.Input.Count - 1);
            foreach (GraphProto body in node.Bodies()) Trim(body.Node);
        }
    }
}
