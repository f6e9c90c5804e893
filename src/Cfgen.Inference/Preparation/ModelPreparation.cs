using Cfgen.Autodiff;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Normalisation;

namespace Cfgen.Inference.Preparation;

/// <summary>Brings a model as somebody exported it into the form that the gradient rules are written for: no functions, a recent opset, no fused operators, no branches that are never taken, nothing left to compute that does not depend on the inputs.</summary>
public static class ModelPreparation
{
    /// <summary>The oldest opset that the rules write for: reductions with their axes as input, scatter that adds.</summary>
    public const int LowestOpset = 18;

    /// <summary>Rounds of folding: the shape of what follows a folded value may be known only afterwards.</summary>
    const int MostRounds = 4;

    /// <summary>Prepares a copy.</summary>
    /// <param name="model">Not changed.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <returns>The prepared model and the type of every value in it.</returns>
    /// <exception cref="CfgenException">The model cannot be brought to a supported opset, or the runtime refuses it.</exception>
    public static (ModelProto Model, IReadOnlyDictionary<string, TensorType> Types) Prepare(ModelProto model, string name)
    {
        ModelProto inlined = FunctionInliner.Inline(model);
        ModelProto prepared = OpsetRaiser.Raise(inlined, Math.Max(LowestOpset, inlined.StandardOpset())).Clone();
        ConditionResolver.Resolve(prepared.Graph);
        Decomposition.Apply(prepared);
        IReadOnlyDictionary<string, TensorType> types = ModelTypes.Read(prepared, name);
        if (Decomposition.Apply(prepared, value => Known(types, value))) types = ModelTypes.Read(prepared, name);
        for (int round = 0; round < MostRounds && ConstantFolder.Fold(prepared, types, name); round++)
        {
            ConditionResolver.Resolve(prepared.Graph);
            types = ModelTypes.Read(prepared, name);
        }
        ShapeArguments.MakeConstant(prepared, types);
        return (prepared, types);
    }

    static KnownValue? Known(IReadOnlyDictionary<string, TensorType> types, string value) =>
        types.TryGetValue(value, out TensorType? type) ? new(type.ElementType, [.. type.Shape.Select(d => d.IsFixed ? d.Fixed : (long?)null)]) : null;
}
