using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Cfgen.OnnxFormat.Storage;

/// <summary>
/// Names <c>NAME.cfgen-SYSTEM-PROCESS-RANDOM.tmp</c> for files and folders that are written beside the place NAME they are meant for.
/// Such a name tells which process works there, so that what a killed one left can be removed by the next without touching what a
/// living one is writing.
/// </summary>
public static partial class TemporaryName
{
    /// <summary>A new name for <paramref name="path"/>, in the same folder.</summary>
    public static string For(string path) => path + Suffix();

    /// <summary>What is put behind a name to make it a temporary one; the same suffix may serve for files that belong together.</summary>
    public static string Suffix()
    {
        string random = RandomNumberGenerator.GetHexString(8, lowercase: true);
        return string.Create(CultureInfo.InvariantCulture, $".cfgen-{SystemTag}-{Environment.ProcessId}-{random}.tmp");
    }

    /// <summary>Removes what processes that are no more left for <paramref name="path"/>. What cannot be removed stays.</summary>
    public static void RemoveLeft(string path) => RemoveLeft(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".cfgen-*");

    /// <summary>Removes what processes that are no more left in a folder. What cannot be removed stays.</summary>
    public static void RemoveLeftIn(string folder) => RemoveLeft(folder, "*.cfgen-*");

    /// <summary>
    /// Eight digits for the processes that can see each other by their numbers: those of one machine, and there of one container.
    /// The numbers of others say nothing here.
    /// </summary>
    static string SystemTag { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.MachineName} {NumbersOf()}")))[..8];

    static string NumbersOf()
    {
        try
        {
            return new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // no /proc, no containers
        }
    }

    static void RemoveLeft(string folder, string pattern)
    {
        try
        {
            if (!Directory.Exists(folder)) return;
            foreach (string path in Directory.GetFileSystemEntries(folder, pattern).Where(path => IsLeft(Path.GetFileName(path))))
            {
                if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
                else File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another run has just removed it, or the folder may not be written, which whoever writes there will find out and tell.
        }
    }

    static bool IsLeft(string name) =>
        Temporary().Match(name) is { Success: true } match
        && match.Groups["system"].Value == SystemTag
        && int.TryParse(match.Groups["process"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int process)
        && !ProcessNumber.IsAlive(process);

    [GeneratedRegex(@"\.cfgen-(?<system>[0-9a-f]{8})-(?<process>[0-9]{1,10})-[0-9a-f]{8}\.tmp(\.old)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Temporary();
}
