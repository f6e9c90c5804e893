namespace Cfgen.Descriptors;

/// <summary>A descriptor that is measured on the image itself.</summary>
public sealed class Measurement
{
    internal Measurement(string name, string unit, string definition, Func<MeasuredImage, double> value) =>
        (Name, Unit, Definition, Value) = (name, unit, definition, value);

    /// <summary>Its name in tables and files, such as <c>stroke_thickness</c>.</summary>
    public string Name { get; }

    /// <summary>Its unit: <c>px2</c>, <c>px</c>, <c>deg</c>, <c>count</c>, or <c>1</c> for none.</summary>
    public string Unit { get; }

    /// <summary>What it is, in one sentence.</summary>
    public string Definition { get; }

    internal Func<MeasuredImage, double> Value { get; }
}
