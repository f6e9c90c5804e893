using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Torch;

/// <summary>The errors of one file's objects, with its name and their place in it.</summary>
sealed record TorchErrors(string Name)
{
    public InputException At(long offset, string code, string what, string? found, string? expected, string? fix) =>
        new(new Problem(code, what) { Where = $"{Name}, byte {offset}", Found = found, Expected = expected, Fix = fix });

    public InputException Damaged(PickleValue value, string found, string expected) =>
        At(value.Offset, "tensor-damaged", "a tensor's description is damaged", found, expected, Fixes.CopyAgain);

    public InputException Refused(PickleValue value, string found, string expected) =>
        At(value.Offset, "pickle-refused", "the pickle asks for something that is not data; nothing was executed", found, expected,
            Fixes.Publisher);
}
