using System.Text;

namespace Cfgen.StyleGan.Pickles;

/// <summary>
/// What calls come to: the plain objects of Python that some of the known ones make, and otherwise the call itself as data.
/// </summary>
sealed class PickleConstruction(PickleStream stream, PickleBudget budget)
{
    /// <summary>Letters that take about as long to copy as one value.</summary>
    public const int LettersPerValue = 16;

    /// <summary>A call of a function or class with arguments by position.</summary>
    /// <exception cref="InputException">It is none of <see cref="KnownCallees"/>, or its arguments are not what it takes.</exception>
    public PickleValue Call(PickleValue callee, PickleValue arguments)
    {
        if (callee is not PickleGlobal global) throw stream.Refused($"it would have called {callee}", "a call of a function by its name");
        IReadOnlyList<PickleValue> items = Arguments(arguments, global);
        if (!KnownCallees.Contains(global) && !budget.Limits.KeepUnknownCalls)
            throw stream.Refused(
                $"it would have called {global}", "only calls that make tensors, arrays, containers and the networks' own objects");
        return (global.Module, global.Name) switch
        {
            ("copyreg", "__newobj__") => items is [var type, ..] ? NewObject(type, Tuple([.. items.Skip(1)]), null) : throw Unfit(global),
            ("copyreg", "_reconstructor") =>
                items is [var type, PickleGlobal, ..] ? NewObject(type, Tuple([.. items.Skip(2)]), null) : throw Unfit(global),
            ("_codecs", "encode") => Encode(global, items),
            ("builtins", "bytes" or "bytearray") => Bytes(global, items),
            ("builtins", "list") => Fill(new PickleList { Offset = Offset }, (list, item) => list.Add(item), global, items),
            ("builtins", "set" or "frozenset") => Fill(new PickleSet { Offset = Offset }, (set, item) => set.Add(item), global, items),
            ("builtins", "tuple") or ("torch", "Size") => Tuple(Sequence(global, items)),
            _ when KnownCallees.IsDictionary(global) => Dictionary(global, items),
            _ => new PickleCall(global, items) { Offset = Offset },
        };
    }

    /// <summary>
    /// An object of a class, made without a call of its constructor. The class may be unknown: its state is data all the same.
    /// </summary>
    public PickleValue NewObject(PickleValue type, PickleValue arguments, PickleDict? keywords)
    {
        if (type is not PickleGlobal global) throw stream.Refused($"it would have made an object of {type}", "a class by its name");
        IReadOnlyList<PickleValue> items = Arguments(arguments, global);
        return KnownCallees.IsDictionary(global)
            ? new PickleDict { Offset = Offset }
            : new PickleCall(global, items) { Offset = Offset, Keywords = keywords, IsNewObject = true };
    }

    long Offset => stream.Current.Offset;

    PickleTuple Tuple(IReadOnlyList<PickleValue> items) => new(items) { Offset = Offset };

    IReadOnlyList<PickleValue> Arguments(PickleValue arguments, PickleGlobal callee)
    {
        if (arguments is not PickleTuple { Items: var items }) throw stream.Damaged($"{arguments} as the arguments of {callee}", "a tuple");
        budget.Copy(stream, items.Count);
        return items;
    }

    // Python's reader of protocol 2 gets bytes as text of the characters 0 to 255, to be encoded again.
    PickleBytes Encode(PickleGlobal callee, IReadOnlyList<PickleValue> items) =>
        items is [PickleText text, PickleText { Value: "latin1" or "latin-1" or "iso-8859-1" }]
        ? Latin1(callee, text)
        : throw Unfit(callee);

    PickleBytes Latin1(PickleGlobal callee, PickleText text)
    {
        budget.Copy(stream, text.Value.Length / LettersPerValue);
        budget.Allocate(stream, text.Value.Length);
        return text.Value.All(c => c <= 255) ? NewBytes(Encoding.Latin1.GetBytes(text.Value)) : throw Unfit(callee);
    }

    PickleBytes Bytes(PickleGlobal callee, IReadOnlyList<PickleValue> items) => items switch
    {
        [] => NewBytes(default),
        [PickleBytes same] => same,
        [PickleText text, PickleText { Value: "latin1" or "latin-1" }] => Latin1(callee, text),
        [PickleList { Items: var numbers }] => FromNumbers(callee, numbers),
        _ => throw Unfit(callee), // bytes(n) among them, which would make n zeros out of nothing
    };

    PickleBytes FromNumbers(PickleGlobal callee, IReadOnlyList<PickleValue> numbers)
    {
        budget.Copy(stream, numbers.Count);
        budget.Allocate(stream, numbers.Count);
        byte[] bytes = new byte[numbers.Count];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = numbers[i] is PickleInt { Value: var v } && v >= 0 && v <= 255 ? (byte)v : throw Unfit(callee);
        return NewBytes(bytes);
    }

    PickleBytes NewBytes(ReadOnlyMemory<byte> value) => new(value) { Offset = Offset, ContentOffset = Offset };

    IReadOnlyList<PickleValue> Sequence(PickleGlobal callee, IReadOnlyList<PickleValue> items)
    {
        IReadOnlyList<PickleValue> sequence = items switch
        {
            [] => [],
            [PickleList { Items: var list }] => list,
            [PickleTuple { Items: var tuple }] => tuple,
            [PickleSet { Items: var set }] => set,
            _ => throw Unfit(callee),
        };
        budget.Copy(stream, sequence.Count);
        budget.Allocate(stream, 8L * sequence.Count);
        return [.. sequence];
    }

    T Fill<T>(T container, Action<T, PickleValue> add, PickleGlobal callee, IReadOnlyList<PickleValue> items)
    {
        foreach (PickleValue item in Sequence(callee, items)) add(container, item);
        return container;
    }

    PickleDict Dictionary(PickleGlobal callee, IReadOnlyList<PickleValue> items)
    {
        PickleDict result = new() { Offset = Offset };
        if (callee.Name == "defaultdict") items = [.. items.Skip(1)]; // its first argument makes missing values
        if (items is [PickleDict source])
        {
            budget.Copy(stream, source.Items.Count);
            budget.Allocate(stream, 48L * source.Items.Count);
            foreach ((PickleValue key, PickleValue value) in source.Items) result.Set(key, value);
            return result;
        }
        foreach (PickleValue item in Sequence(callee, items))
        {
            IReadOnlyList<PickleValue> pair = item switch { PickleTuple t => t.Items, PickleList l => l.Items, _ => [] };
            if (pair is not [var key, var value]) throw Unfit(callee);
            budget.Allocate(stream, 48);
            result.Set(key, value);
        }
        return result;
    }

    InputException Unfit(PickleGlobal callee) =>
        stream.Refused($"arguments of {callee} that are no data", "the arguments that Python's writer gives it");
}
