using Cfgen.OnnxFormat.Storage;

namespace Cfgen.Cli.Output.Files;

/// <summary>
/// A result folder that appears whole or not at all: files are written into a partial folder beside it, which <see cref="Commit"/> syncs
/// and renames.
/// Without a commit, disposing leaves nothing behind.
/// </summary>
sealed class OutputFolder : IDisposable
{
    /// <summary>The file by which a folder is known as what <c>explain</c> found.</summary>
    public const string ResultFile = "run.json";

    /// <summary>Tries to make the folder while other processes make and remove folders around it.</summary>
    const int Tries = 10;

    readonly PartialFolder _partial;
    readonly string[] _around;
    readonly bool _overwrite;
    readonly ResultKind _kind;

    OutputFolder(string target, bool overwrite, ResultKind kind, PartialFolder partial, string[] around) =>
        (Target, _overwrite, _kind, _partial, _around) = (target, overwrite, kind, partial, around);

    /// <summary>Where the result will appear, absolute.</summary>
    public string Target { get; }

    /// <summary>Where to write meanwhile, absolute.</summary>
    public string Path => _partial.Path;

    /// <summary>
    /// Checks before any long work that the result can be written: the target is free or may be replaced, and the folder around it, made
    /// where it is missing, takes new files.
    /// Partial folders of the same target that a dead process left are removed.
    /// </summary>
    /// <param name="target">Where the result shall appear, absolute; where a link stands there, what it points to.</param>
    /// <param name="overwrite">Whether an older one of the same kind may be replaced.</param>
    /// <param name="kind">What the folder is; where not given, what <c>explain</c> found.</param>
    /// <param name="inputs">Files and folders that are read; those not given are left out.</param>
    /// <exception cref="InputException">Something is in the way or read, or the folder cannot be written to.</exception>
    public static OutputFolder Create(string target, bool overwrite, ResultKind? kind = null, params IEnumerable<string?> inputs)
    {
        kind ??= ResultKind.Run;
        for (int i = 1; ; i++)
        {
            try
            {
                return CreateOnce(target, overwrite, kind, inputs);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                // Another process, which failed, has just removed a folder around that it had made.
                if (e is DirectoryNotFoundException && i < Tries) continue;
                if (Failures.IsDiskFull(e)) throw;
                throw new InputException(new("output-not-writable", "the result cannot be written there")
                {
                    Where = target,
                    Found = e.Message,
                    Fix = kind.Elsewhere,
                }, e);
            }
        }
    }

    static OutputFolder CreateOnce(string target, bool overwrite, ResultKind kind, IEnumerable<string?> inputs)
    {
        string[] around = [];
        try
        {
            target = BehindLinks(System.IO.Path.TrimEndingDirectorySeparator(target));
            PartialFolder.RemoveStale(target);
            CheckTarget(target, target, overwrite, kind);
            KeepApart(target, inputs, kind);
            around = [.. MissingFolders.From(ParentOf(target))];
            Directory.CreateDirectory(ParentOf(target));
            return new(target, overwrite, kind, PartialFolder.Create(target), around);
        }
        catch
        {
            MissingFolders.RemoveEmpty(around);
            throw;
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

    /// <summary>The files of the result, relative, sorted; with the record, which may be written last.</summary>
    public IReadOnlyList<string> Files => OwnFiles.In(Path, _kind.Mark);

    /// <summary>Puts the result in place. What stood there is replaced in one go, and is there still where that fails.</summary>
    /// <exception cref="InputException">Meanwhile something else appeared at the target, or the system refuses.</exception>
    public void Commit()
    {
        try
        {
            _partial.MoveTo(Target, path => CheckTarget(Target, path, _overwrite, _kind));
        }
        catch (NotRestoredException e)
        {
            throw new InputException(new("output-not-restored", "the result could not be put in place, nor the older one be put back")
            {
                Where = Target,
                Found = e.Message,
                Fix = $"move the older one back from {e.Lies}",
            }, e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException && !Failures.IsDiskFull(e))
        {
            throw new InputException(new("output-not-placed", "the result could not be put in place, and what was there is unchanged")
            {
                Where = Target,
                Found = e.Message,
                Fix = $"check the disk and the permissions, or {_kind.Elsewhere}",
            }, e);
        }
        _partial.Dispose();
    }

    /// <summary>Removes what was not committed, and the folders that were made around it.</summary>
    public void Dispose()
    {
        _partial.Dispose();
        MissingFolders.RemoveEmpty(_around);
    }

    /// <summary>Makes sure that nothing that is read lies in the folder that would be replaced: it would be gone afterwards.</summary>
    static void KeepApart(string target, IEnumerable<string?> inputs, ResultKind kind)
    {
        FilePlace folder = FilePlace.Of(target);
        string? input = inputs.OfType<string>()
            .FirstOrDefault(input => FilePlace.Of(input) is var place && (place.IsIn(folder) || place.IsSameAs(folder)));
        if (input is null) return;
        throw new InputException(new("output-is-input", "the folder for the result holds something that is read for it")
        {
            Where = target,
            Found = input,
            Fix = kind.Elsewhere,
        });
    }

    static string BehindLinks(string path)
    {
        DirectoryInfo folder = new(path);
        return folder.LinkTarget is null ? path : folder.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    // The root of a file system is the one folder without a parent, and exists: it never gets past the check of the target.
    static string ParentOf(string target) => System.IO.Path.GetDirectoryName(target)!;

    /// <param name="target">What an error tells.</param>
    /// <param name="path">Where to look: at the target, or where what stood there lies now.</param>
    /// <param name="overwrite">Whether it may be replaced.</param>
    /// <param name="kind">What it has to be for that.</param>
    static void CheckTarget(string target, string path, bool overwrite, ResultKind kind)
    {
        Problem? problem = (File.Exists(path), Directory.Exists(path)) switch
        {
            (true, _) => new("output-exists", "a file is in the way of the result")
            {
                Where = target,
                Fix = $"{kind.Elsewhere}, or remove the file",
            },
            (_, false) => null,
            _ when MissingFolders.IsEmpty(path) => null,
            _ when !File.Exists(System.IO.Path.Combine(path, kind.Mark)) => Foreign($"other files, and no {kind.Mark}"),
            _ when !overwrite => new("output-exists", "the result is already there")
            {
                Where = target,
                Fix = $"replace it with --overwrite, or {kind.Elsewhere}",
            },
            _ => OwnFiles.FindForeign(path, kind) is { } found ? Foreign(found) : null,
        };
        if (problem is not null) throw new InputException(problem);

        Problem Foreign(string found) => new(
            "output-foreign",
            $"the folder is no {kind.Name}, or has more in it than cfgen wrote, and is left alone")
        {
            Where = target,
            Found = found,
            Expected = $"what cfgen wrote and nothing else, as {kind.Mark} lists it",
            Fix = $"move what is yours elsewhere, or {kind.Elsewhere}",
        };
    }
}
