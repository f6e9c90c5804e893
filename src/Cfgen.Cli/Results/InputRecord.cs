using System.ComponentModel;
using Cfgen.Inference.Bundles;

namespace Cfgen.Cli.Results;

/// <summary>A file that went in.</summary>
sealed record InputRecord
{
    [Description("What it was used as, such as image, generator or classifier.")]
    public required string Role { get; init; }

    [Description("Name without folders: a result says nothing about the machine it was made on.")]
    public required string Name { get; init; }

    [Description("SHA-256 of the content, lower case.")]
    public required string Sha256 { get; init; }

    /// <summary>The record of a file.</summary>
    public static InputRecord Of(BundleFile file) => new() { Role = file.Role, Name = Path.GetFileName(file.Path), Sha256 = file.Sha256 };
}
