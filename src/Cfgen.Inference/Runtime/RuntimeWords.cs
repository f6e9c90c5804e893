using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Runtime;

/// <summary>What ONNX Runtime says went wrong, without the places in its own source text.</summary>
static partial class RuntimeWords
{
    /// <summary>The part of the message that is about the model.</summary>
    public static string Of(OnnxRuntimeException e) => Clean(e.Message);

    /// <summary>The part of a message that is about the model.</summary>
    internal static string Clean(string message)
    {
        string text = Code().Replace(SourcePlace().Replace(message, ""), "");
        string line = Spaces().Replace(text, " ").Trim();
        return line.Length > 0 ? line : message;
    }

    [GeneratedRegex(@"^\[ErrorCode:\w+\] ?")]
    private static partial Regex Code();

    // A file with its line, and the signature of the function that stands behind it, up to the text itself.
    [GeneratedRegex(@"(\b[A-Za-z]:)?[/\\][^\s:]+\.(cc|cpp|h|hpp|cu):\d+( [\w:~<>&*, ]*?\([^\n]*?\)( const)?(?= |\n|$))?[ :]*")]
    private static partial Regex SourcePlace();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
