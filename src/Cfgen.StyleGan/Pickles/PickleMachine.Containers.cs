namespace Cfgen.StyleGan.Pickles;

sealed partial class PickleMachine
{
    /// <summary>Letters of a key that cost no more than its instruction does.</summary>
    const int ShortKey = 256;

    PickleValue[] PopMany(int count)
    {
        PickleValue[] items = new PickleValue[count];
        for (int i = count; i-- > 0;) items[i] = Pop();
        return items;
    }

    PickleTuple Tuple(PickleValue[] items)
    {
        PickleTuple tuple = new(items) { Offset = Offset };
        foreach (PickleValue item in items) Nest(tuple, item);
        return tuple;
    }

    void Collect(PickleList list)
    {
        PickleValue[] items = PopToMark();
        Push(list);
        Append(items);
    }

    void Append(PickleValue[] items)
    {
        PickleValue target = Peek();
        foreach (PickleValue item in items)
        {
            Nest(target, item);
            if (target is PickleList list) list.Add(item);
            else if (target is PickleCall call) call.Add(item);
            else throw stream.Damaged($"{target} to append to", "a list");
        }
    }

    void AddItems(PickleValue[] items, PickleSet? into = null)
    {
        if (into is not null) Push(into);
        PickleValue target = Peek();
        foreach (PickleValue item in items)
        {
            Nest(target, item);
            if (target is PickleSet set) set.Add(item);
            else throw stream.Damaged($"{target} to add to", "a set");
        }
    }

    void SetItems(PickleValue[] items, PickleDict? into = null)
    {
        if (items.Length % 2 != 0) throw stream.Damaged("a key without a value", "keys and values in turn");
        if (into is not null) Push(into);
        PickleValue target = Peek();
        PickleDict dict = target switch
        {
            PickleDict d => d,
            PickleCall call => call.Items,
            _ => throw stream.Damaged($"{target} to set items of", "a dictionary"),
        };
        for (int i = 0; i < items.Length; i += 2)
        {
            Nest(target, items[i]);
            Nest(target, items[i + 1]);
            // A text is looked at whole to be found again, and the same one may be a key any number of times.
            if (items[i] is PickleText { Value.Length: > ShortKey and var length })
                budget.Copy(stream, length / PickleConstruction.LettersPerValue);
            dict.Set(items[i], items[i + 1]);
        }
    }
}
