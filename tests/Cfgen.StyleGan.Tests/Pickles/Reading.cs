using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Tests.Pickles;

static class Reading
{
    public static PickleValue Read(byte[] pickle, PickleLimits? limits = null) => PickleReader.Read(pickle, limits, "network.pkl");

    public static Problem Refused(byte[] pickle, PickleLimits? limits = null) =>
        Assert.Throws<InputException>(() => Read(pickle, limits)).Problem;

    /// <summary>A value in the notation of Python, to compare with.</summary>
    public static string Python(PickleValue value) => value switch
    {
        PickleInt { Value: var n } => n.ToString(System.Globalization.CultureInfo.InvariantCulture),
        PickleFloat { Value: var x } => x.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        PickleText { Value: var s } => $"'{s}'",
        PickleBytes { Value: var b } => $"b{Convert.ToHexStringLower(b.Span)}",
        PickleTuple t => $"({Joined(t.Items)})",
        PickleList l => $"[{Joined(l.Items)}]",
        PickleSet s => $"set({Joined(s.Items)})",
        PickleDict d => $"{{{string.Join(", ", d.Items.Select(i => $"{Python(i.Key)}: {Python(i.Value)}"))}}}",
        PickleCall c =>
            $"{(c.IsNewObject ? "new " : "")}{c.Callee}({Joined(c.Arguments)}){(c.State is null ? "" : $" with {Python(c.State)}")}",
        PicklePersistentId p => $"outside {Python(p.Id)}",
        _ => value.ToString(),
    };

    static string Joined(IEnumerable<PickleValue> items) => string.Join(", ", items.Select(Python));
}
