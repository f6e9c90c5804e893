namespace Cfgen.OnnxFormat.Normalisation.Recurrent;

/// <summary>One direction's formula of a step. What is known to be zero before the first step leaves no nodes.</summary>
abstract class RecurrentCell
{
    /// <summary>Writes step <paramref name="t"/>, counted as the direction runs.</summary>
    public abstract RecurrentState Step(int t, RecurrentState before);
}
