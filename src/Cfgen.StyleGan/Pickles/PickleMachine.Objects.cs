namespace Cfgen.StyleGan.Pickles;

sealed partial class PickleMachine
{
    void StackGlobal()
    {
        PickleText name = Pop<PickleText>("a name as text"), module = Pop<PickleText>("a module's name as text");
        Push(Global(module.Value, name.Value));
    }

    void Reduce()
    {
        PickleValue arguments = Pop(), callee = Pop();
        Construct(_construction.Call(callee, arguments), arguments);
    }

    void NewObject(PickleDict? keywords)
    {
        PickleValue arguments = Pop(), type = Pop();
        Construct(_construction.NewObject(type, arguments, keywords), arguments);
    }

    // Python 2: a class and its arguments, which lie between the mark and here.
    void Instance(PickleValue[] items)
    {
        if (items is not [var type, .. var arguments]) throw stream.Damaged("no class", "a class and its arguments");
        Instance(type, arguments);
    }

    void Instance(PickleValue type, PickleValue[] arguments)
    {
        PickleTuple tuple = Tuple(arguments);
        Construct(_construction.Call(type, tuple), tuple);
    }

    void Construct(PickleValue value, PickleValue arguments)
    {
        if (value.Depth <= arguments.Depth) Nest(value, arguments);
        Push(value);
    }

    /// <summary>
    /// Gives an object its state: that of a call is kept, and a container's (an OrderedDict's own attributes) has no meaning here.
    /// </summary>
    void Build(PickleValue state)
    {
        PickleValue target = Peek();
        Nest(target, state);
        if (target is PickleCall call) call.State = state;
        else if (target is not (PickleDict or PickleList or PickleSet))
            throw stream.Refused($"it would have set the state of {target}", "an object made before");
    }
}
