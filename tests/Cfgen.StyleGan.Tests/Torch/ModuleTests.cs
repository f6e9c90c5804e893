using Cfgen.StyleGan.Tests.Pickles;
using Cfgen.StyleGan.Torch;
using static Cfgen.StyleGan.Tests.Torch.TorchPickles;

namespace Cfgen.StyleGan.Tests.Torch;

public sealed class ModuleTests
{
    [Fact]
    public void Numbers_may_be_Pythons_or_NumPys()
    {
        foreach (object value in new object[]
        {
            5, Scalar("i8", Bytes(5L)), Scalar("i4", Bytes(5), "numpy._core.multiarray"), Array("u1", [], [5])
        })
        {
            PersistentModule module = Read(NetworkWithAttribute(value));
            Assert.Equal(5, module.Int("x"));
            Assert.Equal(5.0, module.Double("x"));
        }
        Assert.Equal(2.5, Read(NetworkWithAttribute(Scalar("f8", Bytes(2.5)))).Double("x"));
        Assert.Equal(2.5, Read(NetworkWithAttribute(2.5)).DoubleOrNull("x"));
        Assert.True(Read(NetworkWithAttribute(Scalar("b1", [1]))).Bool("x"));
    }

    [Fact]
    public void Lists_of_whole_numbers_may_be_lists_tuples_or_arrays()
    {
        byte[] numbers = Bytes(3L, 4L);
        Call buffered = new(new("numpy._core.numeric", "_frombuffer"), numbers, Dtype("i8"), new object?[] { 2 }, "C");
        foreach (object value in new object[]
        {
            new List<object?> { 3, 4 }, new object?[] { 3, Scalar("i8", Bytes(4L)) }, Array("i8", [2], numbers),
            Array("i8", [2], numbers, module: "numpy._core.multiarray"), buffered
        })
            Assert.Equal([3, 4], Read(NetworkWithAttribute(value)).Ints("x"));
    }

    [Fact]
    public void An_array_in_Fortrans_order_is_turned() =>
        Assert.Equal([1, 3, 5, 2, 4, 6], ReadTensor(Array("f4", [2, 3], Bytes<float>(1, 2, 3, 4, 5, 6), fortran: true)).ToFloats());

    [Theory]
    [InlineData(">", "f4", 1, 4)]
    [InlineData("<", "c8", 1, 8)]
    [InlineData("|", "O8", 1, 8)]
    [InlineData("<", "f4", 2, 4)]
    [InlineData("<", "f4", 1, 8)]
    [InlineData("<", "f4", 1, 3)]
    public void An_array_of_another_kind_or_size_is_refused(string order, string dtype, int length, int bytes) =>
        Assert.Contains(
            Refused(NetworkWith(Array(dtype, [length], new byte[bytes], order: order))).Code, new[] { "pickle-refused", "tensor-damaged" });

    [Fact]
    public void An_attribute_of_another_kind_is_an_error_that_names_it()
    {
        PersistentModule module = Read(NetworkWithAttribute("five"));
        Action[] getters = [
            () => module.Int("x"), () => module.Int("x", 1), () => module.Double("x", 1), () => module.Bool("x", true),
            () => module.Ints("x"), () => module.Texts("x"), () => module.DoubleOrNull("x")
        ];
        foreach (Action getter in getters)
        {
            Problem problem = Assert.Throws<InputException>(getter).Problem;
            Assert.Equal("the attribute 'x' of the network's Network is not what it has to be (at G_ema)", problem.What);
            Assert.Equal("the text 'five'", problem.Found);
        }
        Assert.Throws<InputException>(() => Read(NetworkWithAttribute(5_000_000_000)).Int("x"));
        Assert.Throws<InputException>(() => Read(NetworkWithAttribute(5.0)).Int("x"));
        Assert.Throws<InputException>(() => Read(NetworkWithAttribute(true)).Int("x"));
        Assert.Throws<InputException>(() => module.Text("y"));
    }

    [Fact]
    public void A_default_stands_in_only_for_what_is_missing()
    {
        PersistentModule module = Read(NetworkWithAttribute(null));
        Assert.Equal((7, 0.5, true, "t"), (module.Int("y", 7), module.Double("y", 0.5), module.Bool("y", true), module.Text("y", "t")));
        Assert.Null(module.DoubleOrNull("x"));
        Assert.True(module.IsNoneOrMissing("x"));
        Assert.Throws<InputException>(() => module.Int("x", 7));
    }

    [Fact]
    public void Modules_parameters_and_buffers_keep_their_order_and_None_is_null()
    {
        Call child = Module("Inner", new() { ["_buffers"] = new Dictionary<string, object?> { ["b"] = null } });
        PersistentModule module = Read(Assembler.Pickle(new Dictionary<string, object?>
        {
            ["G_ema"] = Module("Outer", new()
            {
                ["_modules"] = new Dictionary<string, object?> { ["z"] = child, ["none"] = null, ["a"] = child },
                ["_parameters"] = new Dictionary<string, object?> { ["w"] = Parameter(Floats(1)), ["b"] = null },
            }),
        }));
        Assert.Equal(["z", "a"], module.Children.Keys);
        Assert.Equal(["w", "b"], module.Parameters.Keys);
        Assert.Null(module.Parameters["b"]);
        Assert.Null(module.Child("z").TensorOrNull("b"));
        Assert.Equal("G_ema.z", module.Child("z").Path);
        Assert.Contains(
            "lacks the tensor 'b'", Assert.Throws<InputException>(() => module.Tensor("b")).Problem.What, StringComparison.Ordinal);
        Assert.Contains(
            "lacks the module 'q'", Assert.Throws<InputException>(() => module.Child("q")).Problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_of_PyTorch_itself_is_read_without_a_source_text()
    {
        Call module = new(new("torch.nn.modules.linear", "Linear"))
        {
            IsNew = true,
            State = new Dictionary<string, object?> { ["in_features"] = 4, ["_modules"] = new Dictionary<string, object?>() },
        };
        PersistentModule network = Read(Assembler.Pickle(new Dictionary<string, object?> { ["G_ema"] = module }));
        Assert.Equal(("Linear", "", 4), (network.ClassName, network.ModuleSource, network.Int("in_features")));
    }

    [Fact]
    public void A_module_inside_itself_and_one_at_every_level_end()
    {
        byte[] cycle = new Assembler().Raw("}q\0").Value("G_ema").Value(new Global("my", "M")).Raw(")\x81q\x01}").Value("_modules").Raw("}")
            .Value("m").Raw("h\x01ssb").Op('s').Stop();
        Assert.Contains("a module inside itself", Refused(cycle).Found, StringComparison.Ordinal);
        Call deep = Module("M", []);
        for (int i = 0; i < 40; i++) deep = Module("M", new() { ["_modules"] = new Dictionary<string, object?> { ["m"] = deep } });
        Assert.Contains(
            "modules inside one another", Refused(Assembler.Pickle(new Dictionary<string, object?> { ["G_ema"] = deep })).Found,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_file_of_networks_is_told()
    {
        Assert.Contains("a call of", Refused(Assembler.Pickle(Module("M", []))).Found, StringComparison.Ordinal);
        Assert.Contains("legacy.py", Refused(Assembler.Pickle(new object?[] { null, null, null })).Fix, StringComparison.Ordinal);
        Assert.Contains(
            "no network", Refused(Assembler.Pickle(new Dictionary<string, object?> { ["G_ema"] = null })).Found, StringComparison.Ordinal);
        Assert.Contains(
            "the text 'no'", Refused(Assembler.Pickle(new Dictionary<string, object?> { ["G_ema"] = "no" })).Found,
            StringComparison.Ordinal);
        Assert.Contains(
            "incomplete",
            Refused(Assembler.Pickle(new Dictionary<string, object?>
            {
                ["G_ema"] = new Call(
                new("torch_utils.persistence", "_reconstruct_persistent_obj"), 1)
            })).Found,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_source_text_is_told_with_its_classes_and_its_hash()
    {
        PersistentModule network = Read(Assembler.Pickle(new Dictionary<string, object?>
        {
            ["G_ema"] = Module("Outer", new()
            {
                ["_modules"] = new Dictionary<string, object?>
                {
                    ["a"] =
                Module("Inner", [], "abc"),
                    ["b"] = Module("Blank", [], "# removed\n")
                }
            }, "abc"),
        }));
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", network.SourceHash); // FIPS 180-4's example
        Assert.Null(KnownSources.Find(network.SourceHash));
        Assert.Collection(
            KnownSources.Warnings(network),
            first => Assert.Contains(
                "Outer, Inner is not one that was compared with the import (SHA-256 ba7816bf", first, StringComparison.Ordinal),
            second => Assert.Contains("no source text for Blank", second, StringComparison.Ordinal));
    }

    [Fact]
    public void Known_source_texts_are_told_by_their_hash_and_their_place()
    {
        Assert.NotEmpty(KnownSources.Published);
        Assert.All(KnownSources.Published, row =>
        {
            Assert.Matches("^[0-9a-f]{64}$", row.Key);
            Assert.Matches(@"^\S+/\S+, \S+\.py, \d{4}-\d\d-\d\d \([0-9a-f]{7}\) to ", row.Value);
            Assert.Equal(row.Value, KnownSources.Find(row.Key));
        });
    }

    [Theory]
    [InlineData("a\r\nb", true)]
    [InlineData("a\rb", true)]
    [InlineData("a\u2028b", false)]
    [InlineData("a\fb", false)]
    public void What_ends_a_line_in_Python_is_a_line_feed_to_the_hash(string source, bool same) =>
        Assert.Equal(same, Read(NetworkFrom("a\nb")).SourceHash == Read(NetworkFrom(source)).SourceHash);

    static byte[] NetworkFrom(string source) => Assembler.Pickle(new Dictionary<string, object?> { ["G_ema"] = Module("M", [], source) });
}
