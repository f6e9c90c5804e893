using System.Globalization;
using System.Security.Cryptography;
using Cfgen.OnnxFormat.Storage;

namespace Cfgen.Cli.Output.Files;

/// <summary>
/// A folder <c>.NAME.cfgen-partial-PID-RANDOM</c> beside the target NAME, in which a result is written. It has a mark of the process that
/// works in it, <c>result</c>, and for a moment the older result.
/// The mark is there from first to last, so that whatever a killed process leaves is removed by the next one.
/// </summary>
sealed class PartialFolder : IDisposable
{
    const string Infix = ".cfgen-partial-";

    /// <summary>Bytes of the target's name in the folder's own: with what is around it the usual limit of 255 is kept.</summary>
    const int NameBytes = 200;

    const string Result = "result", Previous = "previous";

    readonly string _folder;
    OwnerMark? _mark;
    bool _keep;

    PartialFolder(string folder) => _folder = folder;

    /// <summary>Where to write the result, absolute.</summary>
    public string Path => System.IO.Path.Combine(_folder, Result);

    /// <summary>
    /// Makes a new one for <paramref name="target"/>, in the folder around the target, so that renaming it moves no data.
    /// </summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static PartialFolder Create(string target)
    {
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"{Prefix(target)}{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        PartialFolder folder = new(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, name));
        try
        {
            Directory.CreateDirectory(folder._folder);
            folder._mark = OwnerMark.Put(folder._folder);
            Directory.CreateDirectory(folder.Path);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Removes the partial folders of <paramref name="target"/> whose process is dead; where one died between taking the old result away
    /// and putting the new one there, the old one comes back.
    /// A folder of another machine is left alone: its process cannot be asked for.
    /// </summary>
    public static void RemoveStale(string target)
    {
        string? around = System.IO.Path.GetDirectoryName(target);
        if (!Directory.Exists(around)) return;
        string prefix = Prefix(target);
        foreach (string path in Directory.GetDirectories(around).Where(path => IsStale(path, prefix)))
        {
            string previous = System.IO.Path.Combine(path, Previous);
            if (Directory.Exists(previous)) Placement.GiveBack(previous, target); // unless another result is there by now
            new PartialFolder(path).Dispose();
        }
    }

    /// <summary>Makes what was written the result.</summary>
    /// <param name="target">Where it shall be.</param>
    /// <param name="check">Looks at what stands at a path, if anything, and throws where it may not be replaced.</param>
    /// <exception cref="IOException">The system refuses; what was there is there, or <see cref="NotRestoredException"/> tells where it
    /// lies.</exception>
    public void MoveTo(string target, Action<string> check)
    {
        DurableFiles.SyncTree(Path);
        try
        {
            Placement.Put(Path, target, System.IO.Path.Combine(_folder, Previous), check);
        }
        catch (NotRestoredException)
        {
            _keep = true;
            throw;
        }
    }

    /// <summary>Removes the folder where it still exists, the mark last.</summary>
    public void Dispose()
    {
        using OwnerMark? mark = _mark;
        try
        {
            if (_keep || !Directory.Exists(_folder)) return;
            foreach (DirectoryInfo inner in new DirectoryInfo(_folder).EnumerateDirectories())
            {
                if (inner.LinkTarget is null) inner.Delete(recursive: true);
                else inner.Delete();
            }
            string marked = System.IO.Path.Combine(_folder, OwnerMark.FileName);
            foreach (string file in Directory.EnumerateFiles(_folder).Where(file => file != marked)) File.Delete(file);
            mark?.Remove();
            Directory.Delete(_folder, recursive: true); // with the mark of a dead process
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that led here must not be hidden behind this one, nor a result that is in place be called a failure; the next run
            // for this target tries again.
        }
    }

    static string Prefix(string target) => $".{ShortName.Of(System.IO.Path.GetFileName(target), NameBytes)}{Infix}";

    static bool IsStale(string path, string prefix)
    {
        string name = System.IO.Path.GetFileName(path);
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(name[prefix.Length..].Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            && pid > 0
            && OwnerMark.IsDead(path, pid);
    }
}
