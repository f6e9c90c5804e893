namespace Cfgen.Cli.Commands.Generate;

/// <summary>The command line of <c>cfgen generate</c> as typed values, nothing opened or resolved yet.</summary>
/// <param name="Seeds">One picture each.</param>
sealed record GenerateArguments(SeedList Seeds)
{
    /// <summary>Folder of the bundle.</summary>
    public string? Bundle { get; init; }

    /// <summary>Psi of the truncation.</summary>
    public double? Psi { get; init; }

    /// <summary>Layers that are truncated, from the first.</summary>
    public int? Cutoff { get; init; }

    /// <summary>Class of a conditional generator.</summary>
    public int? Class { get; init; }

    /// <summary>Folder for the pictures.</summary>
    public string? Out { get; init; }

    /// <summary>Whether older pictures may be replaced.</summary>
    public bool Overwrite { get; init; }
}
