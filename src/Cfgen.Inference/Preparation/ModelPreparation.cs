using Cfgen.Autodiff;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Checking;
using Cfgen.OnnxFormat.Normalisation;

namespace Cfgen.Inference.Preparation;

/// <summary>
/// Brings a model as somebody exported it into the form that the gradient rules are written for: no functions, a recent opset, no fused
/// operators, no branches that are never taken, no loops whose end is known, nothing left to compute that does not depend on the inputs.
/// </summary>
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
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            return PrepareCopy(model, name);
        }
        catch (ModelContractException e) when (e.Problem.Code == ModelSession.RefusedCode && WidenToFloat32.UsesHalf(model.Graph))
        {
            // the runtime has few kernels for half precision on a CPU
            throw new ModelContractException(e.Problem with { Fix = WidenToFloat32.Advice }, e);
        }
    }

    static (ModelProto Model, IReadOnlyDictionary<string, TensorType> Types) PrepareCopy(ModelProto model, string name)
    {
        ModelProto inlined = FunctionInliner.Inline(model);
        ModelChecker.CheckNodes(inlined, name, _ => null);
        ModelProto prepared = OpsetRaiser.Raise(inlined, Math.Max(LowestOpset, inlined.StandardOpset())).Clone();
        ConditionResolver.Resolve(prepared.Graph);
        IReadOnlyDictionary<string, TensorType> types = Decompose(prepared, name);
        LoopUnroller loops = new(prepared);
        int round = 0;
        while (round < MostRounds)
        {
            bool folded = ConstantFolder.Fold(prepared, types, name);
            bool resolved = ConditionResolver.Resolve(prepared.Graph);
            bool unrolled = loops.Unroll(value => types.GetValueOrDefault(value)?.ToKnownValue());
            if (!folded && !resolved && !unrolled) break;
            types = resolved || unrolled ? Decompose(prepared, name) : ModelTypes.Read(prepared, name);
            // an iteration has more to fold, and loops of its own: what all of them may stand for is limited
            round = unrolled ? 0 : round + 1;
        }
        ConstantLoops.Refuse(prepared, types, name);
        ModelChecker.CheckNodes(
            prepared, name, value => types.GetValueOrDefault(value)?.ToKnownValue().Lengths.Select(length => length ?? -1).ToArray());
        WrittenOutNormalization.Restore(prepared, value => types.GetValueOrDefault(value)?.ToKnownValue());
        ShapeArguments.MakeConstant(prepared, types);
        return (prepared, types);
    }

    /// <summary>Decomposes what a body may just have brought with it.</summary>
    /// <returns>The type of every value.</returns>
    static IReadOnlyDictionary<string, TensorType> Decompose(ModelProto model, string name)
    {
        ModelChecker.Check(model, name); // what a function, a branch or a loop held is weighed once it stands in the graph
        Decomposition.Apply(model);
        IReadOnlyDictionary<string, TensorType> types = ModelTypes.Read(model, name);
        return Decomposition.Apply(model, value => types.GetValueOrDefault(value)?.ToKnownValue()) ? ModelTypes.Read(model, name) : types;
    }
}
