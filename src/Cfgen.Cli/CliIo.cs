using System.Diagnostics.CodeAnalysis;

namespace Cfgen.Cli;

/// <summary>All that a command may know of the process around it, passed in so that tests can run the whole program in-process.</summary>
/// <param name="Output">Where data goes.</param>
/// <param name="Error">Where everything else goes: errors, warnings, progress.</param>
/// <param name="OutputIsTerminal">Whether a person reads <paramref name="Output"/>.</param>
/// <param name="ErrorIsTerminal">Whether a person reads <paramref name="Error"/>.</param>
/// <param name="Variable">The value of an environment variable, or null where it is not set.</param>
/// <param name="WorkingDirectory">The folder that relative paths start from.</param>
sealed record CliIo(
    TextWriter Output,
    TextWriter Error,
    bool OutputIsTerminal,
    bool ErrorIsTerminal,
    Func<string, string?> Variable,
    string WorkingDirectory)
{
    /// <summary>What the program returns when it was asked to stop, which depends on how it was.</summary>
    public Func<ExitCode> ExitWhenStopped { get; init; } = static () => ExitCode.Interrupted;

    /// <summary>False where the user asked for no colour: <c>NO_COLOR</c> is set to anything but nothing (no-color.org).</summary>
    public bool Color => string.IsNullOrEmpty(Variable("NO_COLOR"));

    /// <summary>Whether tables and colours may be drawn on <see cref="Output"/>.</summary>
    public bool DrawsOnOutput => OutputIsTerminal && !IsDumb;

    /// <summary>Whether bars and colours may be drawn on <see cref="Error"/>.</summary>
    public bool DrawsOnError => ErrorIsTerminal && !IsDumb;

    /// <summary>A terminal that can do nothing but show text, as in editors: it gets what a file would get.</summary>
    bool IsDumb => Variable("TERM") == "dumb";

    /// <summary>The absolute path of what the user typed; null where nothing was.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path, WorkingDirectory);

    /// <summary>
    /// A path as a person at this place would type it: relative where it lies under the working directory, else absolute.
    /// </summary>
    /// <param name="path">Absolute.</param>
    public string ShortPath(string path)
    {
        string relative = Path.GetRelativePath(WorkingDirectory, path);
        bool isOutside = Path.IsPathRooted(relative) || relative == ".."
            || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return isOutside ? path : relative;
    }
}
