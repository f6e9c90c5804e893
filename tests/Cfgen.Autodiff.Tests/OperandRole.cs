namespace Cfgen.Autodiff.Tests;

/// <summary>What an input of a node is to its gradient.</summary>
enum OperandRole
{
    /// <summary>An input of the graph whose gradient is checked.</summary>
    Variable,

    /// <summary>An input of the graph whose gradient is not asked for.</summary>
    Fed,

    /// <summary>An initializer.</summary>
    Constant,

    /// <summary>Left out.</summary>
    Absent,
}
