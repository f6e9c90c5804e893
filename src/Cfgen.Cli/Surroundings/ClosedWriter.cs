using System.Text;

namespace Cfgen.Cli.Surroundings;

/// <summary>Stands for a stream that is not there.</summary>
sealed class ClosedWriter : TextWriter
{
    public override Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public override void Write(char value) => throw new IOException("the stream is closed");
}
