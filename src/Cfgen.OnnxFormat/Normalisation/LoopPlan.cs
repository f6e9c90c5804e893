using System.Globalization;
using Cfgen.OnnxFormat.Normalisation.Recurrent;

namespace Cfgen.OnnxFormat.Normalisation;

/// <summary>How often the body of a Loop or a Scan runs, or the cell of a recurrent operator, read off its constants and shapes.</summary>
/// <param name="Iterations">At least 0; 0 too where that is not known.</param>
/// <param name="Obstacle">Why it cannot be unrolled, as the end of a sentence about it; null where it can.</param>
readonly record struct LoopPlan(long Iterations, string? Obstacle)
{
    /// <summary>
    /// What it stands for when unrolled: the body's nodes, those of bodies in it included, and one more for each iteration; at least 1.
    /// </summary>
    public double Nodes { get; init; }

    /// <summary>Whether nothing ends it, by what is known of it.</summary>
    public bool IsEndless { get; init; }

    /// <summary>The plan of a loop.</summary>
    /// <param name="node">Of opset 9 or newer where it is a Scan.</param>
    /// <param name="constants">The constants around it.</param>
    /// <param name="known">Type and shape of a value around it, null where they are unknown.</param>
    public static LoopPlan Of(NodeProto node, IReadOnlyDictionary<string, TensorProto> constants, Func<string, KnownValue?> known)
    {
        if (RecurrentOperator.Is(node)) return RecurrentOperator.Plan(node, known);
        LoopPorts ports = new(node);
        if (!ports.Fit) return Blocked("its body has another number of inputs or outputs than it");
        LoopPlan plan = ports.IsLoop ? OfLoop(node, ports, constants) : OfScan(node, ports, known);
        if (plan is not { Obstacle: null, Iterations: 0 }) return plan with { Nodes = 1 + plan.Iterations * (1.0 + Count(ports.Body)) };
        string? unknown = Enumerable.Range(0, ports.Stacked).Where(k => ports.StackedOutput(k).Length > 0 && ports.EmptyStack(k) is null)
            .Select(ports.StackedOutput).FirstOrDefault();
        return unknown is null
            ? plan with { Nodes = 1 }
            : Blocked($"it runs no iteration, and its body does not tell the shape that '{unknown}' is stacked from");
    }

    static LoopPlan OfLoop(NodeProto node, LoopPorts ports, IReadOnlyDictionary<string, TensorProto> constants)
    {
        (string count, string condition) = (node.Input.ElementAtOrDefault(0) ?? "", node.Input.ElementAtOrDefault(1) ?? "");
        long most = long.MaxValue;
        if (count.Length > 0)
        {
            if (!constants.TryGetValue(count, out TensorProto? tensor))
                return Blocked($"its trip count '{count}' is computed while the model runs");
            if (tensor.ToLongs() is not [long given]) return Blocked($"its trip count '{count}' is not one number");
            most = Math.Max(0, given);
        }
        if (condition.Length > 0)
        {
            if (!constants.TryGetValue(condition, out TensorProto? tensor))
                return Blocked($"its condition '{condition}' is computed while the model runs");
            if (!IsTrue(tensor)) most = 0;
        }
        if (most > 1)
        {
            if (GoesOn(ports.Body, constants) is not { } goesOn) return Blocked("its body decides after each iteration whether to go on");
            if (!goesOn) most = 1;
        }
        return most == long.MaxValue ? Blocked("it has neither a trip count nor a condition that ends it") with { IsEndless = true }
            : new(most, null);
    }

    static LoopPlan OfScan(NodeProto node, LoopPorts ports, Func<string, KnownValue?> known)
    {
        long? length = null;
        for (int j = 0; j < ports.Scanned; j++)
        {
            string input = node.Input[ports.Carried + j];
            if (known(input) is not { } value) return Blocked($"the shape of its scan input '{input}' is not known before the model runs");
            long axis = ports.InputAxis(j) < 0 ? ports.InputAxis(j) + value.Lengths.Count : ports.InputAxis(j);
            if (axis < 0 || axis >= value.Lengths.Count)
                return Blocked($"its scan input '{input}' has no axis {ports.InputAxis(j).ToString(CultureInfo.InvariantCulture)}");
            if (value.Lengths[(int)axis] is not { } own) return Blocked($"it runs along an axis of '{input}' that follows the batch");
            if (length is { } other && other != own)
                return Blocked(
                    $"its scan inputs differ in length, {other.ToString(CultureInfo.InvariantCulture)} and "
                        + $"{own.ToString(CultureInfo.InvariantCulture)}");
            length = own;
        }
        return length is { } iterations ? new(iterations, null) : Blocked("it has no scan input");
    }

    /// <summary>
    /// Whether the body, of a condition that is true, makes one that is true or one that is false; null where that is computed.
    /// </summary>
    static bool? GoesOn(GraphProto body, IReadOnlyDictionary<string, TensorProto> around)
    {
        Dictionary<string, TensorProto> own = body.Constants();
        GraphIndex index = new(body);
        string value = body.Output[0].Name;
        while (value != body.Input[1].Name)
        {
            if (own.TryGetValue(value, out TensorProto? constant)) return IsTrue(constant);
            if (index.Maker(value) is not { } maker) return around.TryGetValue(value, out constant) ? IsTrue(constant) : null;
            if (maker.OpType is not ("Identity" or "Cast") || maker.Input.Count != 1) return null;
            value = maker.Input[0];
        }
        return true;
    }

    static bool IsTrue(TensorProto condition) => condition.ToDoubles() is [not 0];

    static long Count(GraphProto graph) => graph.Node.Sum(n => 1 + n.Bodies().Sum(Count));

    internal static LoopPlan Blocked(string obstacle) => new(0, obstacle);
}
