namespace Cfgen.OnnxFormat.Checking;

/// <summary>
/// Checks how much a node makes of little: a file of some bytes may hold the sizes of a tensor that fills the memory. Sizes are
/// known where they stand in the file as constants or follow from such by <see cref="SizeArithmetic"/>; what is computed from fed values is
/// not weighed.
/// </summary>
sealed class UnfoldingCheck(Refusal refusal)
{
    readonly ResizeCheck _resize = new(refusal);
    double _total, _work;

    /// <summary>What is known of a node's first output.</summary>
    /// <param name="node">A node without bodies, whose inputs are all made and whose tensors are checked.</param>
    /// <param name="scope">What is known of its inputs.</param>
    /// <exception cref="ModelFormatException">Its sizes are too large, or do not fit the data.</exception>
    public ValueFacts Check(NodeProto node, Scope scope)
    {
        if (!ModelExtensions.IsStandardDomain(node.Domain)) return ValueFacts.Unknown;
        if (node.OpType == "Constant") return Constant(node);
        bool constant = IsConstant(node, scope);
        if (SizeArithmetic.Of(node, scope) is { } sizes) return new(sizes, sizes.Dims, constant);
        (double[] Sizes, bool AreWhole)? made = node.OpType is "Resize" or "Upsample" ? _resize.Check(node, scope)
            : UnfoldedShape.Of(node, scope);
        if (made is { } weighed) Weigh(node, scope, Count(weighed.Sizes), constant);
        if (constant) WeighWork(node, i => Doubles(scope.Find(node.Input[i])?.Shape));
        if (made is not { } shape) return constant ? ValueFacts.UnknownConstant : ValueFacts.Unknown;
        return new(null, shape.AreWhole ? Array.ConvertAll(shape.Sizes, size => (long)size) : null, constant);
    }

    /// <summary>
    /// A node that makes no more than its largest input holds makes nothing of little; nor does it count towards the total where
    /// that input stands in the file. So a large model may compute with its own weights.
    /// </summary>
    void Weigh(NodeProto node, Scope scope, double count, bool constant)
    {
        double largest = 0, stored = 0;
        foreach (string input in node.Input)
        {
            if (scope.Find(input) is not { Shape: { } shape } facts) continue;
            largest = Math.Max(largest, Count(shape));
            if (facts.Tensor is not null) stored = Math.Max(stored, Count(shape));
        }
        long limit = constant ? ModelChecker.MaxConstantElements : ModelChecker.MaxElements;
        // so that not-a-number is refused too
        if (!(count <= Math.Max(limit, largest))) throw TooLarge(node, "a node makes too large a tensor of constants", count, limit);
        if (!constant || count <= stored) return;
        _total += count;
        if (_total > ModelChecker.MaxConstantTotal)
            throw TooLarge(node, "the model's nodes make too much of constants", _total, ModelChecker.MaxConstantTotal);
    }

    /// <summary>Counts what is computed of constants alone, which a runtime does while it loads the model.</summary>
    void WeighWork(NodeProto node, Func<int, double[]?> shape)
    {
        _work += ConstantWork.Of(node, i => i < node.Input.Count && node.Input[i].Length > 0 ? shape(i) : null);
        if (_work <= ModelChecker.MaxConstantWork) return;
        throw refusal.Of(
            node,
            "constant-work-too-large",
            "the model computes too much of constants",
            FormattableString.Invariant($"{_work:G3} multiply-adds"),
            FormattableString.Invariant($"at most {ModelChecker.MaxConstantWork:G3}"),
            "export the model with the results as constants");
    }

    /// <summary>Counts what a node takes that is about to be computed of constants.</summary>
    /// <param name="node">A sound node.</param>
    /// <param name="shape">The shape of a value; null where it is not known.</param>
    /// <exception cref="ModelFormatException">It, or all nodes so far together, take too much.</exception>
    public void Weigh(NodeProto node, Func<string, IReadOnlyList<long>?> shape)
    {
        WeighWork(node, i => Doubles(shape(node.Input[i])));
        double largest = node.Input.Where(input => input.Length > 0).Select(input => shape(input) is { } read ? Count(read) : 0)
            .Append(ModelChecker.MaxConstantElements).Max();
        foreach (string output in node.Output.Where(output => output.Length > 0))
        {
            if (shape(output) is { } made && Count(made) > largest)
                throw TooLarge(node, "a node makes too large a tensor of constants", Count(made), ModelChecker.MaxConstantElements);
        }
    }

    static double[]? Doubles(IReadOnlyList<long>? shape) => shape?.Select(d => (double)d).ToArray();

    ModelFormatException TooLarge(NodeProto node, string what, double found, long limit) =>
        refusal.Of(node, "constant-too-large", what, FormattableString.Invariant($"{found} elements"),
            FormattableString.Invariant($"at most {limit}"), "export the model with smaller fixed sizes");

    /// <summary>One for each dimension that is not known.</summary>
    static double Count(IEnumerable<double> sizes) => sizes.Aggregate(1.0, (count, size) => count * (size < 0 ? 1 : size));

    static double Count(IReadOnlyList<long> shape) => Count(shape.Select(d => (double)d));

    static ValueFacts Constant(NodeProto node)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (attribute.RefAttrName.Length == 0 && ModelExtensions.Value(attribute) is { } tensor) return ValueFacts.Of(tensor);
        }
        return ValueFacts.UnknownConstant;
    }

    /// <summary>
    /// Whether a runtime may compute the node while loading: it reads constants only, and makes the same of them every time.
    /// </summary>
    static bool IsConstant(NodeProto node, Scope scope)
    {
        // whatever is fed
        if (node.OpType is "Shape" or "Size" && scope.Find(node.Input.FirstOrDefault() ?? "") is { Shape: { } shape })
            return shape.All(d => d >= 0);
        if (node.Input.Count == 0 || node.OpType is "RandomNormalLike" or "RandomUniformLike" or "Multinomial" or "Bernoulli") return false;
        foreach (string input in node.Input)
        {
            if (input.Length > 0 && scope.Find(input) is not { IsConstant: true }) return false;
        }
        return true;
    }
}
