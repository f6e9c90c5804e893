using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.OnnxFormat.Checking;

/// <summary>
/// Computes the short lists of numbers that exporters compute sizes by: written as a product, a size is weighed as if it stood in the file.
/// </summary>
static class SizeArithmetic
{
    /// <summary>
    /// Longest list that is computed: one of sizes has an entry for each dimension. All of a model's are kept, so that they must be short.
    /// </summary>
    const int MaxNumbers = 16;

    /// <summary>What the node makes; null where that is no short list of numbers, or not known.</summary>
    public static TensorProto? Of(NodeProto node, Scope scope) => node.OpType switch
    {
        "Identity" => Input(node, scope, 0)?.Tensor,
        "Cast" => Cast(node, scope),
        "Shape" => Shape(node, scope),
        "Unsqueeze" or "Squeeze" or "Reshape" => Reshaped(node, scope),
        "Concat" => Joined(node, scope),
        "Gather" => Gathered(node, scope),
        "ReduceProd" =>
            Input(node, scope, 0) is ({ } tensor, { } numbers) && node.Input.Count == 1 && node.Attribute.All(a => a.Name == "keepdims")
                ? Made([numbers.Aggregate(1.0, (a, b) => a * b)], 1, IsWhole(tensor))
                : null,
        "Add" => Pairwise(node, scope, (a, b) => a + b),
        "Sub" => Pairwise(node, scope, (a, b) => a - b),
        "Mul" => Pairwise(node, scope, (a, b) => a * b),
        "Div" => Pairwise(node, scope, (a, b) => a / b),
        "Pow" => Pairwise(node, scope, Math.Pow),
        "Max" => Pairwise(node, scope, Math.Max),
        "Min" => Pairwise(node, scope, Math.Min),
        _ => null,
    };

    static (TensorProto Tensor, double[] Numbers)? Input(NodeProto node, Scope scope, int input) =>
        input < node.Input.Count && scope.Find(node.Input[input]) is { Tensor: { Dims.Count: <= 1 } tensor } facts && facts.Numbers()
            is { Length: <= MaxNumbers } numbers ? (tensor, numbers) : null;

    static TensorProto? Cast(NodeProto node, Scope scope)
    {
        if (Input(node, scope, 0) is not ({ } tensor, { } numbers)) return null;
        DataType to = (DataType)(node.Find("to")?.I ?? 0);
        return to is DataType.Bool ? null : Made(numbers, tensor.Dims.Count, IsWhole(to));
    }

    static TensorProto? Shape(NodeProto node, Scope scope) =>
        node is { Input: [{ } input], Attribute.Count: 0 } && scope.Find(input)?.Shape is { } shape && shape.All(d => d >= 0)
            ? Made([.. shape.Select(d => (double)d)], 1, isWhole: true)
            : null;

    /// <summary>Between a number and a list of it alone, or to a list.</summary>
    static TensorProto? Reshaped(NodeProto node, Scope scope)
    {
        if (Input(node, scope, 0) is not ({ } tensor, { } numbers)) return null;
        return (node.OpType, tensor.Dims.Count) switch
        {
            ("Unsqueeze", 0) => Made(numbers, 1, IsWhole(tensor)),
            ("Squeeze", 1) when numbers.Length == 1 => Made(numbers, 0, IsWhole(tensor)),
            ("Reshape", _) when Input(node, scope, 1) is (_, { Length: <= 1 } to) => Made(numbers, to.Length, IsWhole(tensor)),
            _ => null,
        };
    }

    static TensorProto? Joined(NodeProto node, Scope scope)
    {
        List<double> joined = [];
        bool isWhole = true;
        for (int i = 0; i < node.Input.Count; i++)
        {
            if (Input(node, scope, i) is not ({ Dims.Count: 1 } tensor, { } numbers) || joined.Count + numbers.Length > MaxNumbers)
                return null;
            joined.AddRange(numbers);
            isWhole &= IsWhole(tensor);
        }
        return joined.Count == 0 ? null : Made([.. joined], 1, isWhole);
    }

    static TensorProto? Gathered(NodeProto node, Scope scope)
    {
        if (Input(node, scope, 0) is not ({ Dims.Count: 1 } tensor, { } numbers) || Input(node, scope, 1) is not ({ } indices, { } chosen))
            return null;
        double[] gathered = new double[chosen.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            double at = chosen[i] < 0 ? chosen[i] + numbers.Length : chosen[i];
            if (!(at >= 0 && at < numbers.Length)) return null;
            gathered[i] = numbers[(int)at];
        }
        return Made(gathered, indices.Dims.Count, IsWhole(tensor));
    }

    static TensorProto? Pairwise(NodeProto node, Scope scope, Func<double, double, double> compute)
    {
        if (node.Input.Count != 2 || Input(node, scope, 0) is not ({ } left, { } a) || Input(node, scope, 1) is not ({ } right, { } b))
            return null;
        if (a.Length != b.Length && a.Length != 1 && b.Length != 1) return null;
        double[] made = new double[a.Length == 1 ? b.Length : a.Length];
        for (int i = 0; i < made.Length; i++) made[i] = compute(a[a.Length == 1 ? 0 : i], b[b.Length == 1 ? 0 : i]);
        return Made(made, Math.Max(left.Dims.Count, right.Dims.Count), IsWhole(left) && IsWhole(right));
    }

    static bool IsWhole(TensorProto tensor) => IsWhole(tensor.Type());

    static bool IsWhole(DataType type) => type is not (DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16);

    /// <summary>Integers round towards zero and do not wrap: what would is too large for any size.</summary>
    static TensorProto Made(double[] numbers, int rank, bool isWhole)
    {
        long[] dims = rank == 0 ? [] : [numbers.Length];
        return isWhole
            ? ((ReadOnlySpan<long>)Array.ConvertAll(numbers, x => (long)x)).ToTensor(dims)
            : ((ReadOnlySpan<double>)numbers).ToTensor(DataType.Double, dims);
    }
}
