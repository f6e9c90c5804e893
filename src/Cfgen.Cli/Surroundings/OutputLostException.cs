namespace Cfgen.Cli.Surroundings;

/// <summary>Standard output is closed, or what it leads to takes no more.</summary>
sealed class OutputLostException(string found, Exception? cause = null)
    : CfgenException(new(Code, What) { Found = found, Fix = "send standard output to something that takes it, such as a file" }, cause)
{
    /// <summary>Code of the problem.</summary>
    public const string Code = "stdout-unwritable";

    const string What = "standard output cannot be written";
}
