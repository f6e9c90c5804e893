using Cfgen.OnnxFormat.Normalisation;

namespace Cfgen.OnnxFormat.Checking;

/// <summary>
/// Checks what a runtime and every later step take for granted of a model: names that are made once and before they are read,
/// tensors that hold what their shapes say, and no small file that stands for a huge computation.
/// </summary>
/// <remarks>
/// Only what no exporter writes is refused: whether an operator's types and shapes fit each other is left to the runtime.
/// </remarks>
public static class ModelChecker
{
    /// <summary>Most nodes that a model may have, those of bodies and functions included.</summary>
    public const int MaxNodes = FunctionInliner.MaxNodes;

    /// <summary>
    /// Deepest nesting of bodies: an If inside the body of a Loop counts two. No file holds more; exporters nest a handful.
    /// </summary>
    public const int MaxDepth = MessageWeight.MaxDepth;

    /// <summary>Most elements that one node may make of constants alone (64 MiB of float32): a runtime computes them when it loads the
    /// model.</summary>
    public const long MaxConstantElements = 1L << 24;

    /// <summary>Most elements that all nodes together may make of constants alone (256 MiB of float32), calls of one function counted
    /// once.</summary>
    public const long MaxConstantTotal = 1L << 26;

    /// <summary>Most multiply-adds that all nodes together may take of constants alone: about a tenth of a second.</summary>
    public const double MaxConstantWork = 1L << 31;

    /// <summary>
    /// Most elements that one node may make of its data by constant sizes, counting one for each dimension that is not known.
    /// </summary>
    public const long MaxElements = 1L << 31;

    /// <summary>Does nothing where the model is sound.</summary>
    /// <param name="model">A model with a graph, its external data read in; data still outside is not looked at.</param>
    /// <param name="name">What to call it in an error: usually its path.</param>
    /// <exception cref="ModelFormatException">The model is not sound: the first defect found.</exception>
    public static void Check(ModelProto model, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelWalk walk = new(new(name), model.StandardOpset());
        walk.Check(model.Graph);
        foreach (FunctionProto function in model.Functions) walk.Check(function);
        if (model.Functions.Count == 0) return;
        try
        {
            _ = new FunctionTable(model); // counts what the calls stand for
        }
        catch (ModelFormatException e)
        {
            throw new ModelFormatException(e.Problem with { Where = $"{name}, {e.Problem.Where}" }, e);
        }
    }

    /// <summary>Checks what nodes take that are about to be computed.</summary>
    /// <param name="nodes">Sound nodes that depend on constants alone.</param>
    /// <param name="name">What to call the model in an error: usually its path.</param>
    /// <param name="shape">The shape of a value; null where it is not known.</param>
    /// <exception cref="ModelFormatException">They take too many multiply-adds, or one makes too many elements.</exception>
    public static void CheckWork(IEnumerable<NodeProto> nodes, string name, Func<string, IReadOnlyList<long>?> shape)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        UnfoldingCheck check = new(new(name));
        foreach (NodeProto node in nodes) check.Weigh(node, shape);
    }

    /// <summary>Whether nodes of an operator are checked against what it asks for.</summary>
    /// <param name="operatorName">The operator, behind its domain where that is not the standard one.</param>
    public static bool Knows(string operatorName) => OperatorSchemas.Operators.Contains(operatorName);

    /// <summary>Checks every node against what its operator asks for, those of bodies too; does nothing where all are sound.</summary>
    /// <param name="model">A model without functions.</param>
    /// <param name="name">What to call it in an error: usually its path.</param>
    /// <param name="shape">The shape of a value of the graph, -1 for a length that is not known; null where the number of axes is not
    /// known either.</param>
    /// <exception cref="ModelFormatException">A node is not what its operator asks for.</exception>
    public static void CheckNodes(ModelProto model, string name, Func<string, IReadOnlyList<long>?> shape)
    {
        ArgumentNullException.ThrowIfNull(model);
        OperatorCheck operators = new(new(name));
        int opset = model.StandardOpset();
        Check(model.Graph, shape);

        void Check(GraphProto graph, Func<string, IReadOnlyList<long>?> known)
        {
            foreach (NodeProto node in graph.Node)
            {
                operators.Check(node, opset, known);
                foreach (GraphProto body in node.Bodies()) Check(body, _ => null); // its names may hide those around it
            }
        }
    }
}
