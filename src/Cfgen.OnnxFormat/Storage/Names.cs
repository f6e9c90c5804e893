namespace Cfgen.OnnxFormat.Storage;

/// <summary>Changes of names that each happen in one step.</summary>
static class Names
{
    /// <summary>How a change of names ended where it did not fail.</summary>
    public enum Outcome
    {
        Done,

        /// <summary>Something stands where the new name would be.</summary>
        Taken,

        /// <summary>Nothing has the old name.</summary>
        Missing,

        /// <summary>Neither the system nor another way here can do it in one step.</summary>
        Unsupported,
    }

    /// <summary>Gives a file or folder another name that nothing has yet.</summary>
    /// <exception cref="IOException">The system refuses for another reason than what stands there.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be written.</exception>
    public static Outcome Move(string from, string to)
    {
        Outcome outcome = Flagged(from, to, SystemCalls.NoReplace);
        if (outcome is not Outcome.Unsupported) return outcome;
        if (!Path.Exists(from)) return Outcome.Missing;
        if (Directory.Exists(from)) return MoveFolder(from, to);
        if (Path.Exists(to)) return Outcome.Taken; // a plain rename would replace a file
        File.Move(from, to);
        return Outcome.Done;
    }

    /// <summary>Gives a folder another name that nothing, or an empty folder, has.</summary>
    /// <exception cref="IOException">The system refuses for another reason than what stands there.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be written.</exception>
    public static Outcome MoveFolder(string from, string to)
    {
        if (!OperatingSystem.IsWindows()) return OutcomeOf(SystemCalls.Call(() => SystemCalls.Rename(from, to)), to);
        if (Directory.Exists(to) && !Directory.EnumerateFileSystemEntries(to).Any()) Directory.Delete(to);
        if (Path.Exists(to)) return Outcome.Taken;
        Directory.Move(from, to);
        return Outcome.Done;
    }

    /// <summary>Lets two files or folders change names.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be written.</exception>
    public static Outcome Exchange(string one, string other) => Flagged(one, other, SystemCalls.Exchange);

    static Outcome Flagged(string from, string to, uint flags)
    {
        if (!OperatingSystem.IsLinux()) return Outcome.Unsupported;
        try
        {
            const int Here = SystemCalls.WorkingFolder;
            int result = SystemCalls.Call(() => SystemCalls.RenameAt2(Here, from, Here, to, flags));
            return SystemCalls.SaysUnsupported(result) ? Outcome.Unsupported : OutcomeOf(result, to);
        }
        catch (EntryPointNotFoundException)
        {
            return Outcome.Unsupported; // a C library older than the call
        }
    }

    static Outcome OutcomeOf(int result, string path) =>
        result >= 0 ? Outcome.Done
        : SystemCalls.SaysTaken(result) ? Outcome.Taken
        : SystemCalls.SaysMissing(result) ? Outcome.Missing
        : throw SystemCalls.Failure(result, path);
}
