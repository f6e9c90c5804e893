using Cfgen.Autodiff;
using Cfgen.Inference.Preparation;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>Finds the lengths of an output that a model file leaves open, as exporters do with everything that follows from more than the
/// batch.</summary>
static class OutputShape
{
    /// <summary>The output with every length that follows from the model's nodes, whatever the batch. A length that the file declares
    /// stays as it is.</summary>
    /// <param name="output">As the file declares it.</param>
    /// <param name="model">Not changed.</param>
    /// <param name="name">What to call the model in errors.</param>
    public static ModelPort Complete(ModelPort output, ModelProto model, string name)
    {
        if (output.Shape is { } declared && declared.Skip(1).All(d => d is not null)) return output;
        return Find(output, model, name) is not { } found || output.Shape is { } told && told.Count != found.Count
            ? output
            : output with { Shape = [.. found.Select((d, axis) => output.Shape?[axis] ?? (d.IsFixed ? d.Fixed : (long?)null))] };
    }

    static IReadOnlyList<Dimension>? Find(ModelPort output, ModelProto model, string name)
    {
        try
        {
            // What the runtime infers is mostly enough; shapes that are computed have to be folded first, which takes longer.
            return ModelTypes.Read(model, name).GetValueOrDefault(output.Name)?.Shape
                ?? ModelPreparation.Prepare(model, name).Types.GetValueOrDefault(output.Name)?.Shape;
        }
        catch (CfgenException)
        {
            return null; // whoever uses the model tells what is wrong with it; until then its output is as it is declared
        }
    }
}
