namespace Cfgen.Inference.Views;

/// <summary>The views that an answer has to hold under; the picture itself is always the first.</summary>
/// <remarks>
/// An answer that only the explained classifier believes is an adversarial example, and a shift of a pixel or a small turn undoes it:
/// the mean over such changes is what Athalye et al., "Synthesizing Robust Adversarial Examples" (2018), call the expectation over
/// transformation. Fixed ones in place of drawn ones keep a search reproducible.
/// </remarks>
public sealed class ViewSet
{
    /// <summary>Most views besides the picture itself: each is a run of the classifier.</summary>
    public const int MostOthers = 64;

    /// <summary>1.5 of 32 pixels.</summary>
    const double Shift = 1.5 / 32;

    const double Rotation = 12, Scale = 1.15;

    readonly View[] _views;

    ViewSet(IEnumerable<View> others) => _views = [View.Identity, .. others];

    /// <summary>The picture itself and nothing else.</summary>
    public static ViewSet None { get; } = new([]);

    /// <summary>The picture itself, shifted four ways, turned two ways, enlarged and shrunk.</summary>
    public static ViewSet Default { get; } = new(
    [
        new() { Name = "shifted right", ShiftX = Shift },
        new() { Name = "shifted left", ShiftX = -Shift },
        new() { Name = "shifted down", ShiftY = Shift },
        new() { Name = "shifted up", ShiftY = -Shift },
        new() { Name = "turned +12 deg", Rotation = Rotation },
        new() { Name = "turned -12 deg", Rotation = -Rotation },
        new() { Name = "enlarged", Scale = Scale },
        new() { Name = "shrunk", Scale = 1 / Scale },
    ]);

    /// <summary>Views that no search has to do with, for judging answers: half as far, and aslant.</summary>
    public static ViewSet HeldOut { get; } = new(
    [
        new() { Name = "shifted right and down", ShiftX = 0.7 * Shift, ShiftY = 0.7 * Shift },
        new() { Name = "shifted left and up", ShiftX = -0.7 * Shift, ShiftY = -0.7 * Shift },
        new() { Name = "shifted right and up", ShiftX = 0.7 * Shift, ShiftY = -0.7 * Shift },
        new() { Name = "shifted left and down", ShiftX = -0.7 * Shift, ShiftY = 0.7 * Shift },
        new() { Name = "turned +8 deg and enlarged", Rotation = 8, Scale = 1.08 },
        new() { Name = "turned -8 deg and shrunk", Rotation = -8, Scale = 1 / 1.08 },
    ]);

    /// <summary>
    /// Views to check an answer with that was searched with these: two changes at once, each smaller, in place of the default ones; of
    /// others each 0.7 times as far (what keeps the class keeps it on the way there, too); none where there are none.
    /// </summary>
    public ViewSet Elsewhere => this == Default ? Checks : new(_views.Where(view => !view.IsIdentity).Select(view => view.Part(0.7)));

    static ViewSet Checks { get; } = new(
    [
        new() { Name = "shifted right and turned +6 deg", ShiftX = 0.7 * Shift, Rotation = 6 },
        new() { Name = "shifted left and turned -6 deg", ShiftX = -0.7 * Shift, Rotation = -6 },
        new() { Name = "shifted down and enlarged", ShiftY = 0.7 * Shift, Scale = 1.07 },
        new() { Name = "shifted up and shrunk", ShiftY = -0.7 * Shift, Scale = 1 / 1.07 },
        new() { Name = "turned +8 deg and shrunk", Rotation = 8, Scale = 1 / 1.08 },
        new() { Name = "turned -8 deg and enlarged", Rotation = -8, Scale = 1.08 },
    ]);

    /// <summary>How many there are, the picture itself among them.</summary>
    public int Count => _views.Length;

    /// <summary>All of them, the picture itself first.</summary>
    public IReadOnlyList<View> All => _views;

    /// <summary>The picture itself and these; further ones that change nothing are left out.</summary>
    public static ViewSet Of(IEnumerable<View> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new(others.Where(view => !view.IsIdentity));
    }
}
