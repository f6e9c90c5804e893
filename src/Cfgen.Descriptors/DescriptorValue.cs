namespace Cfgen.Descriptors;

/// <summary>What a descriptor is worth on one image.</summary>
/// <param name="Name">The descriptor, such as <c>stroke_thickness</c>.</param>
/// <param name="Unit">Its unit, such as <c>px</c>; <c>1</c> where it has none.</param>
/// <param name="Value">The value in this unit.</param>
public sealed record DescriptorValue(string Name, string Unit, double Value);
