using System.ComponentModel;
using System.Globalization;

namespace Cfgen.Inference.Views;

/// <summary>A small fixed change of a picture under which an answer has to hold too: turned and enlarged about its centre, then
/// shifted.</summary>
public sealed record View
{
    /// <summary>The picture itself.</summary>
    public static View Identity { get; } = new() { Name = "identity" };

    [Description("What to call it where it refuses.")]
    public required string Name { get; init; }

    [Description("Shift to the right, as a share of the picture's width.")]
    public double ShiftX { get; init; }

    [Description("Shift down, as a share of the picture's height.")]
    public double ShiftY { get; init; }

    [Description("Turn, clockwise, in degrees.")]
    public double Rotation { get; init; }

    [Description("Enlargement; below 1 the picture shrinks.")]
    public double Scale { get; set; } = 1;

    /// <summary>What is out of range of it, as a key, what was found and what was expected; null where nothing is.</summary>
    internal (string Key, string Found, string Expected)? Defect => this switch
    {
        { Name: "" } => ("name", "an empty text", "a name"),
        { ShiftX: not (>= -0.5 and <= 0.5) } => ("shiftX", Text(ShiftX), "-0.5 to 0.5"),
        { ShiftY: not (>= -0.5 and <= 0.5) } => ("shiftY", Text(ShiftY), "-0.5 to 0.5"),
        { Rotation: not (>= -180 and <= 180) } => ("rotation", Text(Rotation), "-180 to 180"),
        { Scale: not (>= 0.5 and <= 2) } => ("scale", Text(Scale), "0.5 to 2"),
        _ => null,
    };

    /// <summary>Whether it changes nothing.</summary>
    internal bool IsIdentity => this == Identity with { Name = Name };

    /// <summary>The same change, so much of the way.</summary>
    internal View Part(double share) => new()
    {
        Name = Name,
        ShiftX = share * ShiftX,
        ShiftY = share * ShiftY,
        Rotation = share * Rotation,
        Scale = Math.Pow(Scale, share),
    };

    static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where in the picture a pixel of the view comes from, in pixels from the centre of the first one.</summary>
    /// <param name="x">Column of the view's pixel.</param>
    /// <param name="y">Its row.</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture.</param>
    internal (double X, double Y) Source(int x, int y, int width, int height)
    {
        (double centreX, double centreY) = ((width - 1) / 2.0, (height - 1) / 2.0);
        (double dx, double dy) = (x - centreX - ShiftX * width, y - centreY - ShiftY * height);
        (double sine, double cosine) = Math.SinCos(Rotation * Math.PI / 180);
        return (centreX + (cosine * dx + sine * dy) / Scale, centreY + (cosine * dy - sine * dx) / Scale);
    }
}
