using System.Text;

namespace Cfgen.Cli.Surroundings;

/// <summary>Writes to a stream of the process, of which nobody can be sure that it takes what is written.</summary>
/// <param name="stream">The stream's writer.</param>
/// <param name="failed">Told the failure when the stream takes nothing; where it returns, everything that follows is dropped.</param>
sealed class GuardedWriter(TextWriter stream, Action<Exception> failed) : TextWriter
{
    bool _lost;

    public override Encoding Encoding => stream.Encoding;

    public override void Write(char value) => Try(value, static (stream, value) => stream.Write(value));

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsMemory(index, count).ToString());

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => Try(value, static (stream, value) => stream.Write(value));

    /// <summary>The line and its end at once: what several processes write to one file stays in lines.</summary>
    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Flush() => Try(0, static (stream, _) => stream.Flush());

    void Try<T>(T value, Action<TextWriter, T> write)
    {
        if (_lost) return;
        try
        {
            write(stream, value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            _lost = true;
            failed(e);
        }
    }
}
