using Cfgen.OnnxFormat.Checking;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>Damaged models end in success or in one clear error, whatever was done to them.</summary>
public sealed class ModelCheckerFuzzTests
{
    static readonly long[] s_sizes = [-1, 0, 1, 7, 1 << 20, 1L << 33, long.MaxValue, long.MinValue];

    [Fact]
    public void Damaged_models_are_accepted_or_refused()
    {
        const int models = 10_000;
        int accepted = 0;
        Parallel.For(0, models, i =>
        {
            Random random = new(i);
            if (Passes(i % 2 == 0 ? () => OnnxFile.Parse(Bytes(random), "model.onnx") : () => Restructured(random)))
                Interlocked.Increment(ref accepted);
        });
        Assert.InRange(accepted, models / 20, models - models / 20); // neither of the two was missed
    }

    /// <summary>True where the model is accepted; another exception than the error that users see fails the test.</summary>
    static bool Passes(Func<ModelProto> make)
    {
        try
        {
            ModelChecker.Check(make(), "model.onnx");
            return true;
        }
        catch (ModelFormatException e)
        {
            Assert.StartsWith("model.onnx", e.Problem.Where, StringComparison.Ordinal);
            return false;
        }
    }

    /// <summary>A model whose bytes are flipped, inserted or cut out in up to four places.</summary>
    static byte[] Bytes(Random random)
    {
        List<byte> bytes = [.. Seed().ToByteArray()];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes.Insert(at, (byte)random.Next(256)); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.RemoveRange(at, random.Next(Math.Min(bytes.Count - at, 20))); break;
                default: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            }
        }
        return [.. bytes];
    }

    /// <summary>A model that is still well written but for up to three changes of its structure.</summary>
    static ModelProto Restructured(Random random)
    {
        ModelProto model = Seed();
        for (int i = random.Next(1, 4); i > 0; i--) Change(model, random);
        return model;
    }

    static void Change(ModelProto model, Random random)
    {
        RepeatedField<NodeProto> nodes = random.Next(4) == 0 ? model.Functions[0].Node : model.Graph.Node;
        NodeProto node = Any(nodes, random), other = Any(nodes, random);
        TensorProto tensor = Any(model.Graph.Initializer, random);
        switch (random.Next(12))
        {
            case 0: (nodes[0], nodes[^1]) = (nodes[^1], nodes[0]); break;
            case 1: nodes.Add(random.Next(2) == 0 ? node : node.Clone()); break;
            case 2: nodes.Remove(node); if (nodes.Count == 0) nodes.Add(node); break;
            case 3:
                if (node.Input.Count > 0 && other.Input.Count > 0)
                    (node.Input[0], other.Input[^1]) = (other.Input[^1], node.Input[0]); break;
            case 4: if (node.Input.Count > 0) node.Input.RemoveAt(random.Next(node.Input.Count)); break;
            case 5: node.OpType = other.OpType; break;
            case 6: tensor.Dims.Add(Any(s_sizes, random)); break;
            case 7: tensor.DataType = random.Next(-1, 28); break;
            case 8:
                if (tensor.DataType == 7)
                    tensor.RawData = ((ReadOnlySpan<long>)[Any(s_sizes, random), Any(s_sizes, random)]).ToTensor(2).RawData; break;
            case 9: model.Graph.Output[0].Name = Any(model.Graph.Input, random).Name; break;
            case 10: node.Attribute.Add(Models.Body("again", Models.Body("y", node.Clone()))); break;
            default: node.Domain = "local"; node.OpType = "F"; break;
        }
    }

    static T Any<T>(IList<T> list, Random random) => list[random.Next(list.Count)];

    /// <summary>A small model with a body, a function and each operator whose sizes are weighed.</summary>
    static ModelProto Seed()
    {
        ModelProto model = Models.Of(
            17,
            [
                Models.Node("ConstantOfShape", ["shape"], ["a"]),
                Models.Node("Expand", ["a", "shape"], ["b"]),
                Models.Node("Tile", ["b", "shape"], ["c"]),
                Models.Node("Range", ["zero", "ten", "one"], ["d"]),
                Models.Node("Resize", ["x", "", "scales"], ["e"]),
                Models.Node("Pad", ["a", "shape"], ["g"]),
                Models.Node("OneHot", ["x", "ten", "shape"], ["h"]),
                Models.Node("MatMul", ["a", "b"], ["i"]),
                Models.Node("Add", ["a", "ten"], ["j"]),
                Models.Node("Concat", ["a", "j"], ["k"], new AttributeProto { Name = "axis", I = 0 }),
                Models.Node("If", ["x"], ["f"], Models.Body("then_branch", Models.Body("t", Models.Node("Add", ["e", "c"], ["t"])))),
                new NodeProto { OpType = "F", Domain = "local", Input = { "f" }, Output = { "y" } },
            ],
            Longs("shape", [2, 3], 2),
            Longs("zero", [0]),
            Longs("ten", [10]),
            Longs("one", [1]),
            Models.Floats("scales", 2, 2));
        model.Functions.Add(new FunctionProto
        {
            Name = "F",
            Domain = "local",
            Input = { "p" },
            Output = { "q" },
            Node = { Models.Node("Neg", ["p"], ["r"]), Models.Node("Relu", ["r"], ["q"]) },
        });
        return model;
    }

    static TensorProto Longs(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> shape)
    {
        TensorProto tensor = values.ToTensor(shape);
        tensor.Name = name;
        return tensor;
    }
}
