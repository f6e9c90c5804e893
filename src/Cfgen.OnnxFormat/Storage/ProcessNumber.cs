using System.Diagnostics;

namespace Cfgen.OnnxFormat.Storage;

/// <summary>Asks for processes by the numbers that names and marks of files tell.</summary>
public static class ProcessNumber
{
    /// <summary>Whether a process of this machine (and there of this container) that has the number is running.</summary>
    public static bool IsAlive(int number)
    {
        try
        {
            using Process process = Process.GetProcessById(number);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false; // the documented answer for a process that is not running
        }
    }
}
