using System.Runtime.InteropServices;

namespace Cfgen.StyleGan.Pickles;

/// <summary>The stack machine of one pickle: the stack with its marks, and the memo.</summary>
sealed partial class PickleMachine(PickleStream stream, PickleBudget budget, List<PicklePersistentId>? outside)
{
    static readonly PickleNone s_none = new();
    static readonly PickleBool s_true = new(true), s_false = new(false);

    readonly PickleConstruction _construction = new(stream, budget);
    readonly List<PickleValue> _stack = [];
    readonly Stack<int> _marks = [];
    readonly Dictionary<long, (PickleValue Value, int Gets)> _memo = [];

    PickleLimits Limits => budget.Limits;

    /// <summary>Follows the instructions up to STOP, and returns the value that is then on the stack.</summary>
    public PickleValue Run()
    {
        while (true)
        {
            Opcode code = stream.NextOpcode();
            budget.Step(stream);
            if (code == Opcode.STOP) break;
            Follow(code);
        }
        PickleValue result = Pop();
        if (_stack.Count > 0 || _marks.Count > 0)
            throw stream.Damaged($"{_stack.Count:N0} values and {_marks.Count:N0} marks left on the stack", "one value");
        stream.EndPickle();
        return result;
    }

    void Push(PickleValue value)
    {
        if (_stack.Count >= Limits.Stack) throw stream.OverLimit("values on the stack", Limits.Stack);
        _stack.Add(value);
    }

    PickleValue Pop()
    {
        // What lies below a mark belongs to a container that is not finished.
        if (_stack.Count <= (_marks.TryPeek(out int mark) ? mark : 0))
            throw stream.Damaged("a value that is not on the stack", "a value on the stack");
        PickleValue top = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    PickleValue Peek()
    {
        PickleValue top = Pop();
        _stack.Add(top);
        return top;
    }

    T Pop<T>(string wanted) where T : PickleValue => Pop() is var top && top is T value ? value : throw stream.Damaged($"{top}", wanted);

    void Mark()
    {
        if (_marks.Count >= Limits.Depth) throw stream.OverLimit("open marks", Limits.Depth);
        _marks.Push(_stack.Count);
    }

    PickleValue[] PopToMark()
    {
        if (!_marks.TryPop(out int mark)) throw stream.Damaged("a mark that was not set", "a mark");
        budget.Allocate(stream, 8L * (_stack.Count - mark));
        PickleValue[] items = CollectionsMarshal.AsSpan(_stack)[mark..].ToArray();
        _stack.RemoveRange(mark, items.Length);
        return items;
    }

    void Memoize(long index)
    {
        if (_memo.Count >= Limits.Memo) throw stream.OverLimit("entries of the memo", Limits.Memo);
        _memo[index] = (Peek(), 0);
    }

    void Get(long index)
    {
        ref (PickleValue Value, int Gets) entry = ref CollectionsMarshal.GetValueRefOrNullRef(_memo, index);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref entry))
            throw stream.Damaged($"the memo's entry {index}, which was not put", "an entry that was put");
        if (++entry.Gets > Limits.GetsPerPut) throw stream.OverLimit("fetches of one entry of the memo", Limits.GetsPerPut);
        Push(entry.Value);
    }

    /// <summary>Notes that <paramref name="inner"/> lies in <paramref name="outer"/>.</summary>
    void Nest(PickleValue outer, PickleValue inner)
    {
        outer.Depth = Math.Max(outer.Depth, inner.Depth + 1);
        if (outer.Depth > Limits.Depth) throw stream.OverLimit("values inside one another", Limits.Depth);
    }

    long Offset => stream.Current.Offset;
}
