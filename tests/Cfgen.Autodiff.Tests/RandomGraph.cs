using Cfgen.OnnxFormat;
using CsCheck;

namespace Cfgen.Autodiff.Tests;

/// <summary>Two branches f and g over one random graph of small square matrices a and b; both depend on both.</summary>
sealed record RandomGraph(ModelProto Model, string F, string G, string Sum)
{
    const int Side = 3;

    /// <summary>Which operator, and which earlier values it takes.</summary>
    static readonly Gen<(int Operator, int Left, int Right)> s_node = Gen.Select(Gen.Int[0, 8], Gen.Int[0, 99], Gen.Int[0, 99]);

    /// <summary>A graph with one to six nodes between the inputs and the branches, and the numbers of the inputs.</summary>
    public static Gen<(RandomGraph Graph, Dictionary<string, Tensor> Feeds)> Samples { get; } =
        from nodes in s_node.Array[1, 6]
        from a in Gen.Double[-0.7, 0.7].Array[Side * Side]
        from b in Gen.Double[-0.7, 0.7].Array[Side * Side]
        select (Of(nodes), Gradients.Feed(("a", [Side, Side], a), ("b", [Side, Side], b)));

    static RandomGraph Of((int Operator, int Left, int Right)[] nodes)
    {
        (string f, string g) = ("", "");
        (ModelProto model, string sum) = Models.Of([("a", [Side, Side]), ("b", [Side, Side])], ops =>
        {
            List<string> values = ["a", "b"];
            foreach ((int op, int left, int right) in nodes)
                values.Add(Node(ops, op, values[left % values.Count], values[right % values.Count]));
            f = ops.Add(values[^1], ops.MatMul("a", "b"));
            g = ops.Sub(ops.Mul("b", "a"), values[^2]);
            return ops.Add(f, g);
        });
        return new(model, f, g, sum);
    }

    static string Node(GraphWriter ops, int op, string left, string right) => op switch
    {
        0 => ops.Add(left, right),
        1 => ops.Sub(left, right),
        2 => ops.Mul(left, right),
        3 => ops.MatMul(left, right),
        4 => ops.Emit("Tanh", [left]),
        5 => ops.Sigmoid(left),
        6 => ops.Sin(left),
        7 => ops.Transpose(left, 1, 0),
        _ => ops.Softmax(left, axis: 1),
    };
}
