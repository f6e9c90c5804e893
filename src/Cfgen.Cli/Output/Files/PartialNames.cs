using System.Text.RegularExpressions;

namespace Cfgen.Cli.Output.Files;

/// <summary>
/// Puts the name of a result in the place of that of the folder in which it is being made: the other one is gone when the error is read.
/// What the user is to do is left alone: where that names such a folder, the folder has been kept.
/// </summary>
static partial class PartialNames
{
    /// <summary>The problem in the user's own names.</summary>
    public static Problem Hide(Problem problem) => problem with
    {
        What = Hide(problem.What),
        Where = Hide(problem.Where),
        Found = Hide(problem.Found),
        Expected = Hide(problem.Expected),
    };

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    static string? Hide(string? text) => text is null ? null : Name().Replace(text, "${name}");

    [GeneratedRegex(@"\.(?<name>[^/\\]+?)\.cfgen-partial-[0-9a-zA-Z-]+")]
    private static partial Regex Name();
}
