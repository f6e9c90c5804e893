using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Tests.Pickles;

/// <summary>Instructions that Python's writer rarely or never makes of the values in the other tests.</summary>
public sealed class OpcodeTests
{
    [Theory]
    [InlineData("I01\n.", "True")]
    [InlineData("I00\n.", "False")]
    [InlineData("I-7\n.", "-7")]
    [InlineData("L123456789012345678901234567890L\n.", "123456789012345678901234567890")]
    [InlineData("Finf\n.", "Infinity")]
    [InlineData("F-2.5e-3\n.", "-0.0025")]
    [InlineData("S'it\\'s \\\\ \\x41\\t'\n.", "'it's \\ A\t'")]
    [InlineData("Va\\u0041\\\\b\n.", "'aA\\\\b'")]
    [InlineData("(I1\nI2\nd.", "{1: 2}")]
    [InlineData("(I1\nl.", "[1]")]
    [InlineData("(I1\nI2\nt.", "(1, 2)")]
    [InlineData("]I1\na.", "[1]")]
    [InlineData("}I1\nI2\ns.", "{1: 2}")]
    [InlineData("I1\nI2\n0.", "1")]
    [InlineData("I1\n(0.", "1")]
    [InlineData("I1\n(I2\nI3\n1.", "1")]
    [InlineData("I1\n2\x86.", "(1, 1)")]
    [InlineData("I5\np10\n0g10\n.", "5")]
    [InlineData("Pkey\n.", "outside 'key'")]
    [InlineData("ccollections\nOrderedDict\n(tR.", "{}")]
    [InlineData("cos\npath.join\n.", "os.path.join")]
    [InlineData("cmy\nClass\n)\x81.", "new my.Class()")]
    [InlineData("ccopyreg\n_reconstructor\n(cmy\nClass\ncbuiltins\nobject\nNtR}b.", "new my.Class(None) with {}")]
    [InlineData("ccopy_reg\n__newobj__\n(cmy\nClass\nI1\ntR.", "new my.Class(1)")]
    [InlineData("ctorch\nSize\n((I2\nI3\nttR.", "(2, 3)")]
    [InlineData("cdnnlib.util\nEasyDict\n)\x81I1\nI2\ns.", "{1: 2}")]
    [InlineData("c__builtin__\nset\n((I1\nltR.", "set(1)")]
    [InlineData("ccollections\nOrderedDict\n(((I1\nI2\nlltR.", "{1: 2}")]
    public void An_instruction_makes_its_value(string pickle, string expected) =>
        Assert.Equal(expected, Reading.Python(Reading.Read(new Assembler().Raw(pickle[..^1]).Stop())));

    [Fact]
    public void An_object_with_arguments_by_name_keeps_them()
    {
        byte[] pickle = new Assembler().Value(new Global("my", "Class")).Value(Array.Empty<object?>())
            .Value(new Dictionary<string, object?> { ["key"] = 3 }).Op(0x92).Stop();
        PickleCall call = Assert.IsType<PickleCall>(Reading.Read(pickle));
        Assert.Equal("{'key': 3}", Reading.Python(call.Keywords!));
    }

    [Fact]
    public void Long_lengths_are_read()
    {
        byte[] pickle = new Assembler().Op(0x8d, [2, 0, 0, 0, 0, 0, 0, 0, (byte)'o', (byte)'k']).Op(0x8e, [1, 0, 0, 0, 0, 0, 0, 0, 7])
            .Op(0x8b, [2, 0, 0, 0, 0, 1]).Op(0x87).Stop();
        Assert.Equal("('ok', b07, 256)", Reading.Python(Reading.Read(pickle)));
    }

    [Fact]
    public void Bytes_are_a_slice_of_the_file_and_know_their_place()
    {
        byte[] pickle = Assembler.Pickle(new byte[] { 1, 2, 3 });
        PickleBytes bytes = Assert.IsType<PickleBytes>(Reading.Read(pickle));
        Assert.True(bytes.Value.Span.Overlaps(pickle.AsSpan((int)bytes.ContentOffset, 3), out int offset));
        Assert.Equal(0, offset);
    }

    [Fact]
    public void A_list_may_contain_itself()
    {
        PickleList list = Assert.IsType<PickleList>(Reading.Read(new Assembler().Raw("]q\0h\0a").Stop()));
        Assert.Same(list, Assert.Single(list.Items));
    }

    [Fact]
    public void What_is_memoised_is_the_same_object()
    {
        PickleTuple pair = Assert.IsType<PickleTuple>(Reading.Read(new Assembler().Op(']').Op(0x94).Raw("h\0").Op(0x86).Stop()));
        Assert.Same(pair.Items[0], pair.Items[1]);
    }

    [Fact]
    public void A_key_that_comes_again_replaces_the_value_at_its_place()
    {
        PickleDict dict = Assert.IsType<PickleDict>(Reading.Read(new Assembler().Raw("}").Raw("(S'a'\nI1\nS'b'\nI2\nS'a'\nI3\nu").Stop()));
        Assert.Equal("{'a': 3, 'b': 2}", Reading.Python(dict));
        Assert.True(dict.TryGet("a", out PickleValue? value));
        Assert.Equal("3", Reading.Python(value));
    }
}
