using System.Globalization;
using System.Text;
using Cfgen.OnnxFormat.Storage;

namespace Cfgen.Cli.Output.Files;

/// <summary>
/// A file in a folder that says which process on which machine works there: its id, the machine, and <c>locked</c> where the file is
/// locked as long as that process lives.
/// A process id alone may be another's by now, or mean another process in a container.
/// </summary>
sealed class OwnerMark : IDisposable
{
    /// <summary>Name of the file.</summary>
    public const string FileName = ".cfgen-partial";

    const string Locked = "locked";

    readonly string _path;
    readonly FileStream _lock;

    OwnerMark(string path, FileStream @lock) => (_path, _lock) = (path, @lock);

    /// <summary>Marks a folder as this process's.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static OwnerMark Put(string folder)
    {
        string path = Path.Combine(folder, FileName);
        FileStream stream = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        try
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{Environment.MachineName}\n");
            stream.Write(Encoding.UTF8.GetBytes(IsLocked(path) ? $"{text}{Locked}\n" : text));
            stream.Flush();
            return new(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether the process that works in a folder is dead.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="pid">The process that the folder's name tells.</param>
    /// <returns>False too where it cannot be known: of another machine, or where the mark cannot be understood.</returns>
    public static bool IsDead(string folder, int pid)
    {
        string[] lines;
        try
        {
            // A lock shows as an error here. A process writes its mark right after it has made the folder and removes it last: without
            // one it died at either end.
            string path = Path.Combine(folder, FileName);
            lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        return lines switch
        {
            [] => !ProcessNumber.IsAlive(pid),
            [_, var machine, Locked] => machine == Environment.MachineName,
            [var told, var machine] => machine == Environment.MachineName
                && int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && !ProcessNumber.IsAlive(id),
            _ => false,
        };
    }

    /// <summary>Removes the mark.</summary>
    public void Remove()
    {
        _lock.Dispose();
        File.Delete(_path);
    }

    /// <summary>Lets the lock go; the file stays.</summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>Whether a file that this process holds open is closed to all others: not every file system has locks.</summary>
    static bool IsLocked(string path)
    {
        try
        {
            using FileStream second = File.OpenRead(path);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
