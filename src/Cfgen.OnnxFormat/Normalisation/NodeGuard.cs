namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>Tells what went wrong where one node is rewritten or differentiated.</summary>
/// <remarks>
/// Whether a node is what its operator allows is checked before. What the check does not know, because shapes came to light only
/// later, say, would come out as an exception of whichever line stumbled over it: nothing that the user could act on. An honest model
/// on which a rule fails ends here too, and the error says so: the node is the first thing to know in either case.
/// </remarks>
public static class NodeGuard
{
    /// <summary>The result of <paramref name="apply"/>, with its own errors as they are.</summary>
    /// <exception cref="ModelFormatException">It failed in a way that it does not know of.</exception>
    public static T Apply<T>(NodeProto node, Func<T> apply)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(apply);
        try
        {
            return apply();
        }
        catch (Exception e) when (e is not (CfgenException or OperationCanceledException or IOException))
        {
            throw new ModelFormatException(new("node-not-understood", "a node is not what its operator allows, as far as cfgen can tell")
            {
                Where = $"node '{node.DisplayName()}' ({node.OpType})",
                Found = e.Message,
                Expected = "inputs, shapes and attributes that fit each other",
                Fix = "export the model again; if ONNX Runtime runs it, this is a defect in cfgen: please report it with the node",
            }, e);
        }
    }
}
