using System.Buffers.Binary;
using System.Text;

namespace Cfgen.StyleGan.Tests.Pickles;

/// <summary>Puts pickles together, instruction by instruction or from values.</summary>
sealed class Assembler
{
    readonly List<byte> _bytes = [];

    /// <summary>One instruction by its letter or code, with the bytes of its argument.</summary>
    public Assembler Op(int code, params ReadOnlySpan<byte> argument)
    {
        _bytes.Add((byte)code);
        _bytes.AddRange(argument);
        return this;
    }

    /// <summary>ASCII as it is: instructions of protocol 0 and others with letters.</summary>
    public Assembler Raw(string ascii)
    {
        _bytes.AddRange(Encoding.Latin1.GetBytes(ascii));
        return this;
    }

    public Assembler Repeat(int count, Action<Assembler> part)
    {
        for (int i = 0; i < count; i++) part(this);
        return this;
    }

    public byte[] Stop() => [.. Op('.')._bytes];

    /// <summary>
    /// A value: null, bool, int, long, double, string, byte[], object[] (a tuple), List (a list), Dictionary, and the records below.
    /// </summary>
    public Assembler Value(object? value)
    {
        switch (value)
        {
            case null: return Op('N');
            case bool b: return Op(b ? 0x88 : 0x89);
            case int n: return Op('J', Little(4, n));
            case long n: return Op(0x8a, [8, .. Little(8, n)]);
            case double x:
                byte[] big = new byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(big, x);
                return Op('G', big);
            case string s: return Op('X', [.. Little(4, Encoding.UTF8.GetByteCount(s)), .. Encoding.UTF8.GetBytes(s)]);
            case byte[] b: return Op('B', [.. Little(4, b.Length), .. b]);
            case object?[] tuple: return Each(Op('('), tuple).Op('t');
            case List<object?> list: return Each(Op(']').Op('('), list).Op('e');
            case Dictionary<string, object?> dict:
                return Each(Op('}').Op('('), dict.SelectMany(item => new[] { item.Key, item.Value })).Op('u');
            case Global g: return Raw($"c{g.Module}\n{g.Name}\n");
            case Call call:
                Value(call.Callee).Value(call.Arguments).Op(call.IsNew ? 0x81 : 'R');
                if (call.Items is not null) Each(Op('('), call.Items.SelectMany(item => new[] { item.Key, item.Value })).Op('u');
                return call.State is null ? this : Value(call.State).Op('b');
            case Outside outside: return Value(outside.Id).Op('Q');
            default: throw new ArgumentException($"{value.GetType()} cannot be pickled here");
        }
    }

    public static byte[] Pickle(object? value, int protocol = 2) => new Assembler().Op(0x80, (byte)protocol).Value(value).Stop();

    public static byte[] Little(int bytes, long value)
    {
        byte[] little = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(little, value);
        return little[..bytes];
    }

    Assembler Each(Assembler self, IEnumerable<object?> items)
    {
        foreach (object? item in items) self.Value(item);
        return this;
    }
}

/// <summary>A name in a module.</summary>
sealed record Global(string Module, string Name);

/// <summary>A call, or an object made without one.</summary>
sealed record Call(Global Callee, params object?[] Arguments)
{
    public bool IsNew { get; init; }
    public object? State { get; init; }
    public Dictionary<string, object?>? Items { get; init; }
}

/// <summary>An object kept outside.</summary>
sealed record Outside(object? Id);
