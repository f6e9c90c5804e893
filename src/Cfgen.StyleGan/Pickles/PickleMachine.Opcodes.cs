using System.Numerics;

namespace Cfgen.StyleGan.Pickles;

sealed partial class PickleMachine
{
    const int HighestProtocol = 5;

    /// <summary>Instructions that make values and containers; all others are <see cref="FollowReference"/>'s.</summary>
    void Follow(Opcode code)
    {
        switch (code)
        {
            case Opcode.PROTO: RequireProtocol(stream.UInt8()); break;
            case Opcode.FRAME: stream.StartFrame(); break;
            case Opcode.MARK: Mark(); break;
            case Opcode.POP: if (_marks.TryPeek(out int mark) && mark == _stack.Count) _marks.Pop(); else Pop(); break;
            case Opcode.POP_MARK: PopToMark(); break;
            case Opcode.DUP: Push(Peek()); break;

            case Opcode.NONE: Push(s_none); break;
            case Opcode.NEWTRUE: Push(s_true); break;
            case Opcode.NEWFALSE: Push(s_false); break;
            case Opcode.INT: Push(IntLine()); break;
            case Opcode.LONG: Push(Int(LineNumber(longSuffix: true))); break;
            case Opcode.BININT: Push(Int(stream.Int32())); break;
            case Opcode.BININT1: Push(Int(stream.UInt8())); break;
            case Opcode.BININT2: Push(Int(stream.UInt16())); break;
            case Opcode.LONG1: Push(Int(LongBytes(stream.UInt8()))); break;
            case Opcode.LONG4: Push(Int(LongBytes(stream.SignedLength()))); break;
            case Opcode.FLOAT: Push(Float(LineFloat())); break;
            case Opcode.BINFLOAT: Push(Float(stream.Float64())); break;

            case Opcode.STRING: Push(Text(QuotedLine())); break;
            case Opcode.BINSTRING: Push(Text(Latin1(stream.SignedLength()))); break;
            case Opcode.SHORT_BINSTRING: Push(Text(Latin1(stream.UInt8()))); break;
            case Opcode.UNICODE: Push(Text(EscapedLine())); break;
            case Opcode.SHORT_BINUNICODE: Push(Text(Utf8(stream.UInt8()))); break;
            case Opcode.BINUNICODE: Push(Text(Utf8(stream.UInt32()))); break;
            case Opcode.BINUNICODE8: Push(Text(Utf8(stream.UInt64()))); break;
            case Opcode.SHORT_BINBYTES: Push(Bytes(stream.UInt8())); break;
            case Opcode.BINBYTES: Push(Bytes(stream.UInt32())); break;
            case Opcode.BINBYTES8 or Opcode.BYTEARRAY8: Push(Bytes(stream.UInt64())); break;

            case Opcode.EMPTY_TUPLE: Push(Tuple([])); break;
            case Opcode.TUPLE1: Push(Tuple(PopMany(1))); break;
            case Opcode.TUPLE2: Push(Tuple(PopMany(2))); break;
            case Opcode.TUPLE3: Push(Tuple(PopMany(3))); break;
            case Opcode.TUPLE: Push(Tuple(PopToMark())); break;
            case Opcode.EMPTY_LIST: Push(new PickleList { Offset = Offset }); break;
            case Opcode.LIST: Collect(new PickleList { Offset = Offset }); break;
            case Opcode.APPEND: Append([Pop()]); break;
            case Opcode.APPENDS: Append(PopToMark()); break;
            case Opcode.EMPTY_DICT: Push(new PickleDict { Offset = Offset }); break;
            case Opcode.DICT: SetItems(PopToMark(), into: new PickleDict { Offset = Offset }); break;
            case Opcode.SETITEM: SetItems(PopMany(2)); break;
            case Opcode.SETITEMS: SetItems(PopToMark()); break;
            case Opcode.EMPTY_SET: Push(new PickleSet { Offset = Offset }); break;
            case Opcode.ADDITEMS: AddItems(PopToMark()); break;
            case Opcode.FROZENSET: AddItems(PopToMark(), into: new PickleSet { Offset = Offset }); break;

            default: FollowReference(code); break;
        }
    }

    /// <summary>Instructions that name what stands elsewhere: in the memo, in the archive, in a module.</summary>
    void FollowReference(Opcode code)
    {
        switch (code)
        {
            case Opcode.GET: Get(LineIndex()); break;
            case Opcode.BINGET: Get(stream.UInt8()); break;
            case Opcode.LONG_BINGET: Get(stream.UInt32()); break;
            case Opcode.PUT: Memoize(LineIndex()); break;
            case Opcode.BINPUT: Memoize(stream.UInt8()); break;
            case Opcode.LONG_BINPUT: Memoize(stream.UInt32()); break;
            case Opcode.MEMOIZE: Memoize(_memo.Count); break;

            case Opcode.PERSID: Push(Persistent(Text(Utf8Line()))); break;
            case Opcode.BINPERSID: Push(Persistent(Pop())); break;
            case Opcode.GLOBAL: Push(Global(Utf8Line(), Utf8Line())); break;
            case Opcode.STACK_GLOBAL: StackGlobal(); break;
            case Opcode.REDUCE: Reduce(); break;
            case Opcode.NEWOBJ: NewObject(null); break;
            case Opcode.NEWOBJ_EX: NewObject(Pop<PickleDict>("a dictionary of arguments by name")); break;
            case Opcode.INST: Instance(Global(Utf8Line(), Utf8Line()), PopToMark()); break;
            case Opcode.OBJ: Instance(PopToMark()); break;
            case Opcode.BUILD: Build(Pop()); break;

            case Opcode.EXT1 or Opcode.EXT2 or Opcode.EXT4:
                throw stream.Refused("a class by its number in a registry of the writer's", "classes by name");
            case Opcode.NEXT_BUFFER or Opcode.READONLY_BUFFER:
                throw stream.Refused("a buffer that is not in the file", "all data in the file");
            default: throw stream.Damaged("no instruction of any protocol", $"the instructions of the protocols 0 to {HighestProtocol}");
        }
    }

    // An instruction of a higher protocol than this announces is followed all the same, as Python does.
    void RequireProtocol(byte protocol)
    {
        if (protocol > HighestProtocol) throw stream.Refused($"protocol {protocol}", $"a protocol from 0 to {HighestProtocol}");
    }

    PickleInt Int(BigInteger value) => new(value) { Offset = Offset };

    PickleFloat Float(double value) => new(value) { Offset = Offset };

    PickleText Text(string value) => new(value) { Offset = Offset };

    PickleBytes Bytes(ulong length)
    {
        long content = stream.Offset;
        return new(stream.Take(length, "bytes")) { Offset = Offset, ContentOffset = content };
    }

    PicklePersistentId Persistent(PickleValue id)
    {
        PicklePersistentId persistent = new(id) { Offset = Offset };
        Nest(persistent, id);
        outside?.Add(persistent);
        return persistent;
    }

    PickleGlobal Global(string module, string name) => module.Length + name.Length <= Limits.NameLength
        ? new(KnownCallees.Modern(module), name) { Offset = Offset }
        : throw stream.OverLimit("letters of a name", Limits.NameLength);
}
