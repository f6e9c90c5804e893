using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Tests.Pickles;

public sealed class LimitTests
{
    static readonly PickleLimits s_few =
        new() { Opcodes = 100, Stack = 20, Memo = 10, GetsPerPut = 15, Depth = 12, TextBytes = 50, NumberBytes = 9, Memory = 1 << 20 };

    [Fact]
    public void Each_limit_is_reached_and_told()
    {
        Told("opcodes", a => a.Repeat(101, p => p.Op('N').Op('0')));
        Told("values on the stack", a => a.Repeat(21, p => p.Op('N')));
        Told("entries of the memo", a => a.Op('N').Repeat(11, p => p.Op(0x94)));
        Told("fetches of one entry of the memo", a => a.Op('N').Op('q', 0).Repeat(16, p => p.Op('h', 0).Op('0')));
        Told("open marks", a => a.Repeat(13, p => p.Op('(')));
        Told("values inside one another", a => a.Op(')').Repeat(14, p => p.Op(0x85)));
        Told("bytes of one text", a => a.Value(new string('a', 51)));
        Told("bytes of a whole number", a => a.Op(0x8a, [10, .. new byte[10]]));
        Told("bytes in one line", a => a.Raw("I1234567890\n"));
    }

    [Fact]
    public void Copies_made_by_calls_are_counted_as_memory()
    {
        Assembler bomb = new Assembler().Value(new Global("_codecs", "encode")).Op('q', 0).Value(new string('a', 100_000)).Value("latin1")
            .Op(0x86).Op('q', 1).Op('0').Op('0').Op('(');
        byte[] pickle = bomb.Repeat(100, p => p.Op('h', 0).Op('h', 1).Op('R')).Op('t').Stop();
        Assert.Contains("bytes of memory", Reading.Refused(pickle, new() { Memory = 1 << 20 }).Found, StringComparison.Ordinal);
        Assert.IsType<PickleTuple>(Reading.Read(pickle, new() { Memory = 1 << 25 }));
    }

    [Fact]
    public void One_list_given_to_many_calls_is_counted_each_time()
    {
        Assembler bomb = new Assembler().Op(']').Op('(').Repeat(1000, p => p.Op('K', 1)).Op('e').Op(0x85).Op('q', 0).Op('0');
        bomb.Value(new Global("builtins", "bytes")).Op('q', 1).Op('0').Op('(');
        byte[] pickle = bomb.Repeat(500, p => p.Op('h', 1).Op('h', 0).Op('R')).Op('t').Stop();
        Assert.Contains("values copied", Reading.Refused(pickle, new() { Copies = 400_000 }).Found, StringComparison.Ordinal);
        Assert.IsType<PickleTuple>(Reading.Read(pickle));
    }

    [Fact]
    public void A_long_text_set_as_a_key_again_and_again_is_counted_each_time()
    {
        Assembler bomb = new Assembler().Value(new string('k', 100_000)).Op('q', 0).Op('0').Op('}').Op('(');
        byte[] pickle = bomb.Repeat(1000, p => p.Op('h', 0).Op('N')).Op('u').Stop();
        Assert.Contains("values copied", Reading.Refused(pickle).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_longer_than_any_is_refused() =>
        Assert.Contains("letters of a name",
            Reading.Refused(new Assembler().Value("builtins").Value(new string('x', 1000)).Op(0x93).Stop()).Found,
                StringComparison.Ordinal);

    [Fact]
    public void A_memo_bomb_stays_as_small_as_its_file()
    {
        // Each list holds the one before it twice: 2^300 if it were unfolded.
        Assembler bomb = new Assembler().Op(']').Op('q', 0);
        byte[] pickle = bomb.Repeat(300, p => p.Op('0').Op(']').Op('h', 0).Op('a').Op('h', 0).Op('a').Op('q', 0)).Stop();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Reading.Read(pickle);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Deep_nesting_does_not_overflow()
    {
        Assert.Equal("pickle-limit", Reading.Refused(new Assembler().Op(')').Repeat(400_000, p => p.Op(0x85)).Stop()).Code);
        Assert.Equal("pickle-limit", Reading.Refused(new Assembler().Repeat(400_000, p => p.Op('(')).Stop()).Code);
    }

    static void Told(string what, Func<Assembler, Assembler> build)
    {
        Problem problem = Reading.Refused(build(new()).Stop(), s_few);
        Assert.Equal("pickle-limit", problem.Code);
        Assert.Contains(what, problem.Found, StringComparison.Ordinal);
    }
}
