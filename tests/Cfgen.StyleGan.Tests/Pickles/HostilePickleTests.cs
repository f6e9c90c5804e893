namespace Cfgen.StyleGan.Tests.Pickles;

public sealed class HostilePickleTests
{
    [Theory]
    [InlineData("cos\nsystem\n(S'true'\ntR.", "REDUCE at byte 21: it would have called os.system")]
    [InlineData("(S'true'\nios\nsystem\n.", "INST at byte 9: it would have called os.system")]
    [InlineData("(cos\nsystem\nS'true'\no.", "OBJ at byte 20: it would have called os.system")]
    [InlineData("c__builtin__\neval\n(S'1'\ntR.", "it would have called builtins.eval")]
    [InlineData("cbuiltins\ngetattr\n(cbuiltins\ndict\nS'get'\ntR.", "it would have called builtins.getattr")]
    [InlineData("cbuiltins\n__import__\n(S'os'\ntR.", "it would have called builtins.__import__")]
    [InlineData("ctorch\n_utils._rebuild_tensor_v2\n(tR.", "it would have called torch._utils._rebuild_tensor_v2")]
    [InlineData("cos\n_rebuild_tensor_v2\n(tR.", "it would have called os._rebuild_tensor_v2")]
    [InlineData("S'os'\nS'path.join'\n\x93)R.", "it would have called os.path.join")]
    [InlineData("cfunctools\npartial\n(cos\nsystem\ntR.", "it would have called functools.partial")]
    [InlineData("ccopyreg\n__newobj__\n(I1\ntR.", "it would have made an object of the number 1")]
    [InlineData("cbuiltins\ncomplex\n)R)R.", "it would have called a call of builtins.complex")]
    [InlineData("cos\nsystem\n}b.", "it would have set the state of os.system")]
    [InlineData("I1\n)\x81.", "it would have made an object of the number 1")]
    [InlineData("cbuiltins\nbytes\n(I1000000\ntR.", "arguments of builtins.bytes that are no data")]
    [InlineData("c_codecs\nencode\n(S'a'\nS'rot13'\ntR.", "arguments of _codecs.encode that are no data")]
    [InlineData("\x82\x01.", "EXT1 at byte 0: a class by its number")]
    [InlineData("\x97.", "NEXT_BUFFER at byte 0: a buffer that is not in the file")]
    [InlineData("\x80\x06.", "protocol 6")]
    public void What_is_not_data_is_refused_and_told(string pickle, string told)
    {
        Problem problem = Reading.Refused(new Assembler().Raw(pickle[..^1]).Stop());
        Assert.Equal("pickle-refused", problem.Code);
        Assert.Contains(told, problem.Found, StringComparison.Ordinal);
        Assert.StartsWith("network.pkl, byte ", problem.Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\xff.", "the code 0xff at byte 0")]
    [InlineData("0.", "POP at byte 0: a value that is not on the stack")]
    [InlineData("I1\n(I2\n.", "1 marks left")]
    [InlineData("I1\nI2\n.", "1 values")]
    [InlineData("I1\n(\x85.", "TUPLE1 at byte 4: a value that is not on the stack")]
    [InlineData("t.", "a mark that was not set")]
    [InlineData("g7\n.", "the memo's entry 7")]
    [InlineData("I1\nh\x07.", "the memo's entry 7")]
    [InlineData("I1\np-1\n.", "the memo's entry -1")]
    [InlineData("Iseven\n.", "'seven'")]
    [InlineData("Fseven\n.", "'seven'")]
    [InlineData("Sseven\n.", "a string without its quotes")]
    [InlineData("S'\\q'\n.", "the escape")]
    [InlineData("V\\u12\n.", "an escape without its hexadecimal digits")]
    [InlineData("V\\U00110000\n.", "U+110000")]
    [InlineData("X\x02\0\0\0\xff\xff.", "not UTF-8")]
    [InlineData("T\xff\xff\xff\xff.", "a length below 0")]
    [InlineData("(I1\nd.", "a key without a value")]
    [InlineData("I1\nI2\na.", "the number 1 to append to")]
    [InlineData("](I1\nI2\nu.", "a list of 0 to set items of")]
    [InlineData("](I1\n\x90.", "a list of 0 to add to")]
    [InlineData("I1\nI2\n\x93.", "the number 2")]
    [InlineData("cos\nsystem\nI1\nR.", "the number 1 as the arguments of os.system")]
    [InlineData("(o.", "no class")]
    public void A_damaged_pickle_is_told(string pickle, string told)
    {
        Problem problem = Reading.Refused(new Assembler().Raw(pickle[..^1]).Stop());
        Assert.Equal("pickle-damaged", problem.Code);
        Assert.Contains(told, problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void What_follows_the_end_is_refused() =>
        Assert.Equal("pickle-damaged", Reading.Refused([.. Assembler.Pickle(1), .. "PK"u8]).Code);

    [Fact]
    public void Every_cut_off_pickle_is_told()
    {
        byte[] whole = Assembler.Pickle(new List<object?> { 1, "two", new byte[] { 3 }, 4.0, new Call(new("my", "C")) { IsNew = true } });
        for (int length = 0; length < whole.Length; length++) Assert.Equal("pickle-cut-off", Reading.Refused(whole[..length]).Code);
    }

    [Theory]
    [InlineData('X', 4)]
    [InlineData('B', 4)]
    [InlineData(0x8d, 8)]
    [InlineData(0x8e, 8)]
    [InlineData(0x96, 8)]
    public void A_claim_of_many_bytes_allocates_nothing(int opcode, int size)
    {
        byte[] pickle = new Assembler().Op(opcode, Assembler.Little(size, size == 4 ? uint.MaxValue : 1L << 40)).Raw("few").Stop();
        Reading.Refused(pickle); // what runs once is compiled now
        long before = GC.GetAllocatedBytesForCurrentThread();
        Problem problem = Reading.Refused(pickle);
        Assert.Equal("pickle-cut-off", problem.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 10);
    }

    [Theory]
    [InlineData(3, "frame")] // shorter than its instruction: the text would reach behind it
    [InlineData(200, "frame")] // longer than the file
    [InlineData(9, "frame")] // longer than the pickle
    public void Instructions_stay_within_their_frame(int length, string what)
    {
        byte[] pickle = [0x80, 4, 0x95, .. Assembler.Little(8, length), 0x8c, 4, .. "text"u8, (byte)'.', 0, 0, 0];
        Problem problem = Reading.Refused(pickle);
        Assert.True(problem.Code is "pickle-cut-off" or "pickle-damaged", $"{what}: {problem}");
        Assert.Equal("'text'", Reading.Python(Reading.Read([.. pickle[..2], 0x95, .. Assembler.Little(8, 7), .. pickle[11..^3]])));
    }

    [Fact]
    public void A_frame_inside_a_frame_is_refused() =>
        Assert.Contains(
            "a frame inside a frame",
            Reading.Refused([0x95, .. Assembler.Little(8, 11), 0x95, .. Assembler.Little(8, 2), (byte)'N', (byte)'.']).Found,
            StringComparison.Ordinal);
}
