using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>
/// A network file of the StyleGAN2 and StyleGAN3 repositories in PyTorch: a dictionary with networks such as <c>G_ema</c> and <c>D</c>. It
/// is read as data; nothing in it is run.
/// </summary>
public sealed class NetworkPickle
{
    readonly PickleDict _content;
    readonly TorchErrors _errors;
    readonly ModuleReader _modules;

    NetworkPickle(PickleDict content, TorchErrors errors, ModuleReader modules) =>
        (_content, _errors, _modules) = (content, errors, modules);

    /// <summary>What errors call the file.</summary>
    public string Name => _errors.Name;

    /// <summary>Everything in the file, by name.</summary>
    public PickleDict Content => _content;

    /// <summary>The names of the networks in the file, in its order: of what is a module, and not None.</summary>
    public IReadOnlyList<string> Networks =>
        [.. _content.TextItems.Where(item => ModuleReader.IsModule(item.Value)).Select(item => item.Key)];

    /// <summary>Reads a file. Its weights stay where they are read to: tensors are views of the file's bytes.</summary>
    /// <param name="path">The file: a pickle, or a file of torch.save.</param>
    /// <param name="limits">What is refused as too much; the defaults if null.</param>
    /// <exception cref="InputException">
    /// It is missing or unreadable, over 2 GB, damaged, or asks for something that is not data.
    /// </exception>
    public static NetworkPickle Open(string path, PickleLimits? limits = null) => Parse(NetworkFile.ReadAll(path), path, limits);

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">All of them; they may not change as long as tensors are in use.</param>
    /// <param name="name">What to call it in an error: usually its path.</param>
    /// <param name="limits">What is refused as too much; the defaults if null.</param>
    /// <exception cref="InputException">It is damaged, or asks for something that is not data.</exception>
    public static NetworkPickle Parse(ReadOnlyMemory<byte> bytes, string name, PickleLimits? limits = null)
    {
        TorchErrors errors = new(name);
        PickleBudget budget = new(limits ?? new());
        (PickleValue root, IStorageSource? storages) = TorchFile.Read(bytes, 0, errors, budget);
        if (root is not PickleDict content)
        {
            throw errors.At(
                root.Offset, "network-layout", "the file is not a network in a layout that can be imported", $"{root}",
                "a dictionary of networks, as the StyleGAN2 and StyleGAN3 repositories in PyTorch write it",
                root is PickleTuple
                    ? "if it is a network in TensorFlow, convert it with legacy.py of the StyleGAN3 repository"
                    : Fixes.Publisher);
        }
        return new(content, errors, new ModuleReader(new TorchObjects(errors, budget, storages)));
    }

    /// <summary>Reads a network with all modules and tensors in it.</summary>
    /// <param name="name">Its name in the file, such as <c>G_ema</c>.</param>
    /// <exception cref="InputException">There is none of that name, or it is damaged.</exception>
    public PersistentModule Module(string name)
    {
        if (_content.TryGet(name, out PickleValue? value) && value is not PickleNone) return _modules.Read(value, name);
        string found =
            Networks is { Count: > 0 } networks ? $"the networks {string.Join(", ", networks.Select(PickleValue.Shown))}" : "no network";
        throw _errors.At(_content.Offset, "network-missing", $"the file has no network '{name}'", found, $"'{name}'", Fixes.Publisher);
    }
}
