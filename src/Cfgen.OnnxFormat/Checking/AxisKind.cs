namespace Cfgen.OnnxFormat.Checking;

/// <summary>Whether the numbers of an attribute are axes of the node's first input; negative ones count from behind.</summary>
enum AxisKind
{
    /// <summary>They are not.</summary>
    None,

    /// <summary>Axes that the input has.</summary>
    Axes,

    /// <summary>Axes that it has once those are added that are named.</summary>
    NewAxes,

    /// <summary>All of its axes, each once.</summary>
    Order,
}
