using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Cfgen.Cli.Output;

/// <summary>A folder <c>.NAME.cfgen-partial-PID-RANDOM</c> beside the target NAME, with a marker file that says which process on which machine works in it.</summary>
sealed class PartialFolder : IDisposable
{
    const string Marker = ".cfgen-partial";
    const string Previous = "previous";

    PartialFolder(string path) => Path = path;

    /// <summary>Where it is, absolute.</summary>
    public string Path { get; }

    /// <summary>Makes a new one for <paramref name="target"/>, in the folder around the target, so that renaming it moves no data.</summary>
    public static PartialFolder Create(string target)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{Prefix(target)}{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        string path = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, name);
        PartialFolder folder = new(path);
        try
        {
            Directory.CreateDirectory(path);
            File.WriteAllLines(System.IO.Path.Combine(path, Marker), [Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Environment.MachineName]);
            return folder;
        }
        catch
        {
            folder.Dispose(); // without its marker nobody would ever remove it
            throw;
        }
    }

    /// <summary>
    /// Removes the partial folders of <paramref name="target"/> whose process is dead; where one died between taking the old result away and putting the new one there, the old one comes back.
    /// A folder without a readable marker or of another machine is left alone: its process cannot be asked for.
    /// </summary>
    public static void RemoveStale(string target)
    {
        string? around = System.IO.Path.GetDirectoryName(target);
        if (!Directory.Exists(around)) return;
        foreach (string path in Directory.GetDirectories(around).Where(path => System.IO.Path.GetFileName(path).StartsWith(Prefix(target), StringComparison.Ordinal) && IsStale(path)))
        {
            PartialFolder stale = new(path);
            if (Directory.Exists(System.IO.Path.Combine(path, Previous)) && !Directory.Exists(target)) stale.GiveBack(target);
            stale.Dispose();
        }
    }

    /// <summary>Moves the old result in here, out of the way.</summary>
    public void TakeIn(string target) => Directory.Move(target, System.IO.Path.Combine(Path, Previous));

    /// <summary>Moves the old result back.</summary>
    public void GiveBack(string target) => Directory.Move(System.IO.Path.Combine(Path, Previous), target);

    /// <summary>Makes this folder the result: the marker goes, the name changes.</summary>
    public void MoveTo(string target)
    {
        File.Delete(System.IO.Path.Combine(Path, Marker));
        Directory.Move(Path, target);
    }

    /// <summary>Removes the folder where it still exists.</summary>
    public void Dispose()
    {
        try
        {
            if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that led here must not be hidden behind this one; the next run for this target tries again.
        }
    }

    static string Prefix(string target) => $".{System.IO.Path.GetFileName(target)}.cfgen-partial-";

    static bool IsStale(string path)
    {
        string marker = System.IO.Path.Combine(path, Marker);
        return File.Exists(marker)
            && File.ReadAllLines(marker) is [var pid, var machine]
            && machine == Environment.MachineName
            && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out int id)
            && !IsAlive(id);
    }

    static bool IsAlive(int pid)
    {
        try
        {
            using Process process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false; // the documented answer for a process that is not running
        }
    }
}
