using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>Gives persistent objects and plain modules of PyTorch their meaning.</summary>
sealed class ModuleReader(TorchObjects objects)
{
    // Networks nest five modules deep.
    const int Deepest = 32;

    static readonly string[] s_collections = ["_parameters", "_buffers", "_modules"];

    // A module that is shared is read once; null while it is being read, so that one inside itself is seen.
    readonly Dictionary<PickleValue, PersistentModule?> _read = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether a value is a persistent object, or an object of a class with the state of a module.</summary>
    public static bool IsModule(PickleValue value) => value is PickleCall call
        && (IsPersistent(call) || call is { IsNewObject: true, State: PickleDict state } && state.TryGet("_modules", out _));

    /// <summary>Reads a module with all that lies in it.</summary>
    /// <param name="value">The object.</param>
    /// <param name="path">Where it is in the network.</param>
    /// <param name="depth">How many modules it lies in.</param>
    /// <exception cref="InputException">It is no module, or damaged.</exception>
    public PersistentModule Read(PickleValue value, string path, int depth = 0)
    {
        if (_read.TryGetValue(value, out PersistentModule? known))
            return known ?? throw Unfit(value, $"a module inside itself at {path}", "modules that end");
        if (depth > Deepest) throw Unfit(value, $"{depth} modules inside one another", $"at most {Deepest}");
        if (!IsModule(value)) throw Unfit(value, $"{value} at {path}", "a persistent object, or a module with its state");
        _read[value] = null;
        PickleCall call = (PickleCall)value;
        PersistentModule module =
            IsPersistent(call) ? Persistent(call, path, depth) : Create(call, path, depth, call.Callee.Name, "", (PickleDict)call.State!);
        _read[value] = module;
        return module;
    }

    static bool IsPersistent(PickleCall call) => call.Callee.Is("torch_utils.persistence", "_reconstruct_persistent_obj");

    // meta: type, version, module_src, class_name, state.
    PersistentModule Persistent(PickleCall call, string path, int depth)
    {
        if (call.Arguments is not [PickleDict meta]
            || !meta.TryGet("type", out PickleValue? type) || type is not PickleText { Value: "class" }
            || !meta.TryGet("class_name", out PickleValue? name) || name is not PickleText { Value: var className }
            || !meta.TryGet("module_src", out PickleValue? source) || source is not PickleText { Value: var text }
            || !meta.TryGet("state", out PickleValue? stateValue) || stateValue is not PickleDict state)
            throw Unfit(call, $"an incomplete persistent object at {path}", "one with type 'class', class_name, module_src and state");
        return Create(call, path, depth, className, text, state);
    }

    PersistentModule Create(PickleCall call, string path, int depth, string className, string source, PickleDict state)
    {
        OrderedDictionary<string, PersistentModule> children = [];
        foreach ((string name, PickleValue child) in Collection(call, state, "_modules"))
        {
            if (child is not PickleNone) children[name] = Read(child, $"{path}.{PickleValue.Shown(name)}", depth + 1);
        }
        return new(objects.Errors, call.Offset, path)
        {
            ClassName = PickleValue.Shown(className),
            ModuleSource = source,
            Attributes = new OrderedDictionary<string, PickleValue>(state.TextItems.Where(item => !s_collections.Contains(item.Key))),
            Parameters = Tensors(Collection(call, state, "_parameters")),
            Buffers = Tensors(Collection(call, state, "_buffers")),
            Children = children,
        };
    }

    OrderedDictionary<string, Tensor?> Tensors(IEnumerable<KeyValuePair<string, PickleValue>> items) =>
        new(items.Select(item => KeyValuePair.Create(item.Key, item.Value is PickleNone ? null : objects.Tensor(item.Value))));

    IEnumerable<KeyValuePair<string, PickleValue>> Collection(PickleCall call, PickleDict state, string name)
    {
        if (!state.TryGet(name, out PickleValue? value)) return [];
        return value is PickleDict dict ? dict.TextItems : throw Unfit(call, $"{value} as {name}", "a dictionary");
    }

    InputException Unfit(PickleValue value, string found, string expected) =>
        objects.Errors.At(
            value.Offset, "network-layout", "the network is not in a layout that can be imported", found, expected, Fixes.Publisher);
}
