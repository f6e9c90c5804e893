using Cfgen.OnnxFormat.Normalisation;

namespace Cfgen.OnnxFormat.Checking;

/// <summary>
/// Checks what a runtime and every later step take for granted of a model: names that are made once and before they are read,
/// tensors that hold what their shapes say, and no small file that stands for a huge computation.
/// </summary>
/// <remarks>Only what no exporter writes is refused: whether an operator's types and shapes fit each other is left to the runtime.</remarks>
public static class ModelChecker
{
    /// <summary>Most nodes that a model may have, those of bodies and functions included.</summary>
    public const int MaxNodes = FunctionInliner.MaxNodes;

    /// <summary>Deepest nesting of bodies: an If inside the body of a Loop counts two. No file holds more; exporters nest a handful.</summary>
    public const int MaxDepth = MessageWeight.MaxDepth;

    /// <summary>Most elements that one node may make of constants alone (256 MiB of float32): a runtime computes them when it loads the model.</summary>
    public const long MaxConstantElements = 1L << 26;

    /// <summary>Most elements that all nodes together may make of constants alone (1 GiB of float32), calls of one function counted once.</summary>
    public const long MaxConstantTotal = 1L << 28;

    /// <summary>Most elements that one node may make of its data by constant sizes, counting one for each dimension that is not known.</summary>
    public const long MaxElements = 1L << 31;

    /// <summary>Does nothing where the model is sound.</summary>
    /// <param name="model">A model with a graph, its external data read in; data still outside is not looked at.</param>
    /// <param name="name">What to call it in an error: usually its path.</param>
    /// <exception cref="ModelFormatException">The model is not sound: the first defect found.</exception>
    public static void Check(ModelProto model, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelWalk walk = new(new(name));
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
}
