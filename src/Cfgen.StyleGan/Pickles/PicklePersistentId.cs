namespace Cfgen.StyleGan.Pickles;

/// <summary>An object kept outside the pickle, by the identifier that the writer gave it.</summary>
public sealed class PicklePersistentId(PickleValue id) : PickleValue
{
    /// <summary>The identifier; PyTorch's is a tuple that begins with 'storage'.</summary>
    public PickleValue Id { get; } = id;

    /// <inheritdoc/>
    public override string ToString() => "an object kept outside the pickle";
}
