namespace Cfgen.OnnxFormat.Storage;

/// <summary>
/// Puts a finished file or folder in its place, the old or the new of which is there, whole, at any time where the system can exchange
/// names.
/// What stood there is kept until the new one is known to be on the disk, and comes back where that fails.
/// </summary>
public sealed class Placement
{
    /// <summary>Tries, where other processes change the same place at the same time: each change by another one costs one or two.</summary>
    const int Tries = 1000;

    readonly string _finished, _target, _aside;
    Func<Names.Outcome>? _takeBack;

    Placement(string finished, string target, string aside) => (_finished, _target, _aside) = (finished, target, aside);

    /// <summary>
    /// Where what stood there lies now, for the caller to delete; null where nothing did, or where it was a file that is gone.
    /// </summary>
    public string? Old { get; private set; }

    /// <summary>Renames <paramref name="finished"/> to <paramref name="target"/> and syncs the folder around.</summary>
    /// <param name="finished">What is complete and on the disk, on the same file system as the target.</param>
    /// <param name="target">Where it shall be.</param>
    /// <param name="aside">A name that nothing has, for the old one of a system that cannot exchange names.</param>
    /// <param name="check">Looks at what stands at a path, if anything, and throws where it may not be replaced. It is asked of the
    /// target before, and of what was replaced after, since that may have changed meanwhile.</param>
    /// <exception cref="NotRestoredException">After an error what was there could not be put back.</exception>
    /// <exception cref="IOException">The system refuses; what was there is there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder around may not be written; what was there is there.</exception>
    public static Placement Put(string finished, string target, string aside, Action<string> check)
    {
        ArgumentNullException.ThrowIfNull(check);
        Placement placement = new(finished, target, aside);
        placement.Swap(check);
        try
        {
            if (placement.Old is { } old) check(old);
            DurableFiles.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(target))!);
        }
        catch (Exception e)
        {
            placement.TakeBack(e);
            throw;
        }
        return placement;
    }

    /// <summary>Gives a folder its old name back, where nothing, or an empty folder, has taken its place.</summary>
    /// <param name="lies">Where it lies.</param>
    /// <param name="target">Its name.</param>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder around may not be written.</exception>
    public static void GiveBack(string lies, string target) => Names.MoveFolder(lies, target);

    void Swap(Action<string> check)
    {
        for (int i = 0; i < Tries; i++)
        {
            check(_target);
            if (MovedIn() || Exchanged() || PutBesides()) return;
            // Another process was faster, and something else stands there now, or nothing any more: look again.
            if (!Path.Exists(_finished)) throw new FileNotFoundException($"what was to be put in place is gone : '{_finished}'", _finished);
        }
        throw new IOException($"other processes change it all the time : '{_target}'");
    }

    bool MovedIn()
    {
        if (Names.Move(_finished, _target) is not Names.Outcome.Done) return false;
        _takeBack = () => Names.Move(_target, _finished);
        return true;
    }

    bool Exchanged()
    {
        switch (Names.Exchange(_finished, _target))
        {
            case Names.Outcome.Done:
                Old = _finished;
                _takeBack = () => Names.Exchange(_finished, _target);
                return true;
            case Names.Outcome.Unsupported when File.Exists(_finished):
                File.Move(_finished, _target, overwrite: true); // one step, too, but the old one is gone
                return true;
            default: return false;
        }
    }

    /// <summary>Two renames, where the system cannot exchange names.</summary>
    bool PutBesides()
    {
        if (!Directory.Exists(_finished) || Names.Exchange(_finished, _target) is not Names.Outcome.Unsupported) return false;
        if (Names.Move(_target, _aside) is not Names.Outcome.Done) return false;
        Old = _aside;
        _takeBack = () => Names.Move(_aside, _target);
        try
        {
            if (MovedIn())
            {
                _takeBack = () =>
                    Names.Move(_target, _finished) is Names.Outcome.Done ? Names.Move(_aside, _target) : Names.Outcome.Missing;
                return true;
            }
        }
        catch (Exception e)
        {
            TakeBack(e);
            throw;
        }
        // Another process has put its own there meanwhile: that one replaces the old one too.
        throw new IOException($"another process has replaced it at the same time : '{_target}'");
    }

    /// <summary>Undoes it. Where that fails too, the old one is told of; the new one alone may stay where it is, whole.</summary>
    void TakeBack(Exception cause)
    {
        try
        {
            if (_takeBack is null || _takeBack() is Names.Outcome.Done)
            {
                Old = null;
                return;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Told below, with the error that came first.
        }
        if (Old is { } lies) throw new NotRestoredException(_target, lies, cause);
    }
}
