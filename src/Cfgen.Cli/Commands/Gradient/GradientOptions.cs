using System.CommandLine;
using Cfgen.Cli.CommandLine;

namespace Cfgen.Cli.Commands.Gradient;

/// <summary>What all its commands take: the model, and what of it to differentiate.</summary>
static class GradientOptions
{
    /// <summary><c>MODEL</c>.</summary>
    public static Argument<string?> Model() =>
        new("MODEL") { Description = "The ONNX model.", CustomParser = Texts.NotEmpty, Arity = ArgumentArity.ExactlyOne };

    /// <summary><c>--output</c>.</summary>
    public static Option<string?> Output() => new("--output")
    {
        HelpName = "NAME",
        Description = "The output to differentiate. Default: the first one of real numbers.",
        CustomParser = Texts.NotEmpty,
    };

    /// <summary><c>--wrt</c>.</summary>
    public static Option<string[]?> WithRespectTo() => new("--wrt")
    {
        HelpName = "NAME...",
        Description = "The inputs to differentiate with respect to, one or several. Default: all of real numbers.",
        CustomParser = Texts.NoneEmpty,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };
}
