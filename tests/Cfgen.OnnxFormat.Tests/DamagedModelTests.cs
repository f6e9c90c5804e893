using CsCheck;
using Google.Protobuf;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>Whatever happened to a model's bytes, the user is told, and never by another exception.</summary>
public sealed class DamagedModelTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static Problem Refused(byte[] bytes) => Assert.Throws<ModelFormatException>(() => OnnxFile.Parse(bytes, "model.onnx")).Problem;

    [Theory]
    [MemberData(nameof(Models.Digits), MemberType = typeof(Models))]
    public void A_real_model_cut_off_at_every_fiftieth(string name)
    {
        byte[] whole = Models.DigitsBytes(name);
        for (int fiftieth = 1; fiftieth < 50; fiftieth++)
        {
            byte[] part = whole[..(int)((long)whole.Length * fiftieth / 50)];
            Problem problem = Refused(part);
            Assert.Equal(("model-cut-off", "copy or export the model again"), (problem.Code, problem.Fix));
            Assert.Matches("^the graph needs [0-9,]+ bytes, the file holds [0-9,]+ more$", problem.Found);
        }
    }

    [Fact]
    public void A_real_model_cut_off_anywhere()
    {
        byte[] whole = Models.DigitsBytes("mapping");
        Gen.Int[0, whole.Length - 1].Sample(length => Refused(whole[..length]).Fix is not null);
    }

    [Fact]
    public void A_small_model_cut_off_at_every_byte()
    {
        byte[] whole = Wire.Model([], [], [], []);
        for (int length = 0; length < whole.Length; length++) Assert.Matches("^model-(not-onnx|cut-off)$", Refused(whole[..length]).Code);
        OnnxFile.Parse(whole, "model.onnx");
    }

    [Fact]
    public void A_message_broken_inside_its_whole_frame()
    {
        byte[] whole = Models.Small().ToByteArray();
        int weight = whole.AsSpan().IndexOf("weight"u8);
        whole[weight - 1] = 0xFF; // the length of the name, which then leaves its node
        Problem problem = Refused(whole);
        Assert.Equal(("model-damaged", "model.onnx", "copy or export the model again"), (problem.Code, problem.Where, problem.Fix));
        Assert.NotNull(problem.Found);
    }

    [Theory]
    [InlineData(new byte[] { 8, 10, 0 }, "field number 0")]
    [InlineData(new byte[] { 8, 10, 0x3B }, "wire type 3 of field 7")]
    [InlineData(new byte[] { 8, 10, 0xBA }, "the file ends within a field's number")]
    [InlineData(new byte[] { 8, 10, 0x20, 0x80 }, "the file ends within a number")]
    [InlineData(new byte[] { 8, 10, 0x3A, 0x80 }, "the file ends within a length")]
    [InlineData(new byte[] { 8, 10, 0x3A, 5, 1, 2 }, "the graph needs 5 bytes, the file holds 2 more")]
    [InlineData(new byte[] { 8, 10, 0x42, 5, 1, 2 }, "field 8 needs 5 bytes, the file holds 2 more")]
    [InlineData(new byte[] { 8, 10, 0x3D, 1, 2 }, "the graph needs 4 bytes, the file holds 2 more")]
    [InlineData(new byte[] { 8, 10, 0x39, 1, 2 }, "the graph needs 8 bytes, the file holds 2 more")]
    [InlineData(
        new byte[] { 8, 10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, "the file ends within a field's number")]
    public void What_is_wrong_is_said_with_its_place(byte[] bytes, string found)
    {
        Problem problem = Refused(bytes);
        Assert.Equal("model-cut-off", problem.Code);
        Assert.StartsWith(found, problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_in_a_graph_in_a_graph_without_end()
    {
        GraphProto graph = Models.Body("y", Models.Node("Identity", ["x"], ["y"]));
        for (int depth = 0; depth < 150; depth++)
            graph = Models.Body("y", Models.Node("If", ["x"], ["y"], Models.Body("then_branch", graph)));
        ModelProto model = Models.Small();
        model.Graph = graph;
        Assert.Equal("bodies-too-deep", Refused(model.ToByteArray()).Code);
    }

    [Fact]
    public void Changed_bytes_in_a_model_of_every_feature()
    {
        _folder.File("weights.bin", new byte[64]);
        byte[] whole = EveryFeature().ToByteArray();
        string path = _folder["model.onnx"];
        Random random = new(20240601);
        int loaded = 0, refused = 0;
        for (int i = 0; i < 4000; i++)
        {
            byte[] damaged = Damaged(whole, random, random.Next(1, 4));
            bool loads = LoadsOrIsRefused(() =>
            {
                ModelProto model = OnnxFile.Parse(damaged, path);
                ExternalData.Inline(model, path);
                return model;
            });
            if (loads) loaded++;
            else refused++;
        }
        Assert.InRange(loaded, 100, 3900); // neither of the two was missed
        Assert.InRange(refused, 100, 3900);
    }

    [Fact]
    public void Changed_bytes_in_a_real_model()
    {
        byte[] whole = Models.DigitsBytes("mapping");
        Random random = new(20240602);
        for (int i = 0; i < 1000; i++)
        {
            byte[] damaged = Damaged(whole, random, 50);
            LoadsOrIsRefused(() => OnnxFile.Parse(damaged, "mapping.onnx"));
        }
    }

    static byte[] Damaged(byte[] whole, Random random, int places)
    {
        byte[] damaged = [.. whole];
        for (int i = 0; i < places; i++) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
        return damaged;
    }

    /// <summary>
    /// True where the model and all of its constants can be read; a refusal must be a <see cref="ModelFormatException"/>.
    /// </summary>
    static bool LoadsOrIsRefused(Func<ModelProto> load)
    {
        try
        {
            foreach (TensorProto tensor in load().Graph.Constants().Values) tensor.ToDoubles();
            return true;
        }
        catch (ModelFormatException)
        {
            return false;
        }
    }

    /// <summary>A model with data inside and outside, in typed fields, in bodies, and with a function.</summary>
    static ModelProto EveryFeature()
    {
        GraphProto then = Models.Body("t", Models.Node("Mul", ["a", "c"], ["t"])),
            otherwise = Models.Body("e", Models.Node("Identity", ["far"], ["e"]));
        ModelProto model = Models.Of(
            17,
            [
                Models.Node("Add", ["x", "near"], ["a"]),
                Models.Node("Constant", [], ["c"], Models.Tensor("value", Models.Floats("", 5))),
                Models.Node("Constant", [], ["far"], Models.Tensor("value", Models.External("far", "weights.bin", "16", "16", 2, 2))),
                Models.Node("If", ["flag"], ["y"], Models.Body("then_branch", then), Models.Body("else_branch", otherwise)),
            ],
            Models.Floats("near", 1, 2, 3),
            new TensorProto { Name = "typed", DataType = 1, Dims = { 2 }, FloatData = { 1, 2 } },
            Models.External("outside", "weights.bin", "0", "8", 2));
        model.Functions.Add(new FunctionProto
        {
            Name = "f",
            Domain = "local",
            Input = { "p" },
            Output = { "q" },
            Node = { Models.Node("Relu", ["p"], ["q"]) },
        });
        return model;
    }
}
