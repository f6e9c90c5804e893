namespace Cfgen.Cli.Output;

/// <summary>
/// A result folder that appears whole or not at all: files are written into a partial folder beside it, which <see cref="Commit"/> syncs and renames.
/// Without a commit, disposing leaves nothing behind.
/// </summary>
sealed class OutputFolder : IDisposable
{
    /// <summary>The file by which a folder is known as what <c>explain</c> found.</summary>
    public const string ResultFile = "run.json";

    readonly PartialFolder _partial;
    readonly string[] _around;
    readonly bool _overwrite;
    readonly ResultKind _kind;

    OutputFolder(string target, bool overwrite, ResultKind kind, PartialFolder partial, string[] around) => (Target, _overwrite, _kind, _partial, _around) = (target, overwrite, kind, partial, around);

    /// <summary>Where the result will appear, absolute.</summary>
    public string Target { get; }

    /// <summary>Where to write meanwhile, absolute.</summary>
    public string Path => _partial.Path;

    /// <summary>
    /// Checks before any long work that the result can be written: the target is free or may be replaced, and the folder around it, made where it is missing, takes new files.
    /// Partial folders of the same target that a dead process left are removed.
    /// </summary>
    /// <param name="target">Where the result shall appear, absolute; where a link stands there, what it points to.</param>
    /// <param name="overwrite">Whether an older one of the same kind may be replaced.</param>
    /// <param name="kind">What the folder is; where not given, what <c>explain</c> found.</param>
    /// <exception cref="InputException">Something is in the way, or the folder cannot be written to.</exception>
    public static OutputFolder Create(string target, bool overwrite, ResultKind? kind = null)
    {
        kind ??= ResultKind.Run;
        string[] around = [];
        try
        {
            target = BehindLinks(System.IO.Path.TrimEndingDirectorySeparator(target));
            PartialFolder.RemoveStale(target);
            CheckTarget(target, overwrite, kind);
            around = [.. MissingFolders(ParentOf(target))];
            Directory.CreateDirectory(ParentOf(target));
            return new(target, overwrite, kind, PartialFolder.Create(target), around);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            RemoveEmpty(around);
            if (Failures.IsDiskFull(e)) throw;
            throw new InputException(new("output-not-writable", "the result cannot be written there") { Where = target, Found = e.Message, Fix = kind.Elsewhere }, e);
        }
    }

    /// <summary>The path to write a file of the result to; folders on the way are made.</summary>
    /// <param name="name">Relative, with <c>/</c>, such as <c>frames/0000.png</c>.</param>
    public string PathOf(string name)
    {
        string path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Puts the result in place. What stood there is replaced in one go, and comes back where that fails.</summary>
    /// <exception cref="InputException">Meanwhile something else appeared at the target.</exception>
    public void Commit()
    {
        CheckTarget(Target, _overwrite, _kind);
        DurableFiles.Sync(Path);
        if (IsEmptyFolder(Target)) Directory.Delete(Target);
        if (Directory.Exists(Target)) Replace();
        else _partial.MoveTo(Target);
        DurableFiles.SyncFolder(ParentOf(Target));
    }

    /// <summary>Removes what was not committed, and the folders that were made around it.</summary>
    public void Dispose()
    {
        _partial.Dispose();
        RemoveEmpty(_around);
    }

    void Replace()
    {
        using PartialFolder aside = PartialFolder.Create(Target);
        aside.TakeIn(Target);
        try
        {
            _partial.MoveTo(Target);
        }
        catch
        {
            aside.GiveBack(Target);
            throw;
        }
    }

    static string BehindLinks(string path)
    {
        DirectoryInfo folder = new(path);
        return folder.LinkTarget is null ? path : folder.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    // The root of a file system is the one folder without a parent, and exists: it never gets past the check of the target.
    static string ParentOf(string target) => System.IO.Path.GetDirectoryName(target)!;

    /// <summary>The folder and those around it that do not exist, from the inside out.</summary>
    static IEnumerable<string> MissingFolders(string folder)
    {
        for (string? f = folder; f is not null && !Directory.Exists(f); f = System.IO.Path.GetDirectoryName(f)) yield return f;
    }

    /// <summary>Removes folders from the inside out, as far as nothing is in them.</summary>
    static void RemoveEmpty(IEnumerable<string> folders)
    {
        try
        {
            foreach (string folder in folders.SkipWhile(folder => !Directory.Exists(folder)).TakeWhile(IsEmptyFolder)) Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has just written there, or an error is on its way already that must not be hidden behind this one.
        }
    }

    static bool IsEmptyFolder(string path) => Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any();

    static void CheckTarget(string target, bool overwrite, ResultKind kind)
    {
        Problem? problem = (File.Exists(target), Directory.Exists(target)) switch
        {
            (true, _) => new("output-exists", "a file is in the way of the result") { Where = target, Fix = $"{kind.Elsewhere}, or remove the file" },
            (_, false) => null,
            _ when IsEmptyFolder(target) => null,
            _ when !File.Exists(System.IO.Path.Combine(target, kind.Mark)) => new("output-foreign", $"the folder is no {kind.Name} and is left alone")
            {
                Where = target,
                Found = $"other files, and no {kind.Mark}",
                Fix = kind.Elsewhere,
            },
            _ when !overwrite => new("output-exists", "the result is already there") { Where = target, Fix = $"replace it with --overwrite, or {kind.Elsewhere}" },
            _ => null,
        };
        if (problem is not null) throw new InputException(problem);
    }
}
