using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cfgen.Cli.CommandLine;
using Cfgen.Cli.Commands.Generate;
using Cfgen.Inference.Generators;

namespace Cfgen.Cli.Commands.Import;

/// <summary>
/// A picture known to come from a network, written <c>seed=0:FILE.png</c> with <c>,trunc=PSI</c> and <c>,class=N</c> behind where they
/// apply.
/// </summary>
/// <param name="Request">What it is a picture of.</param>
/// <param name="File">Path as typed.</param>
sealed record ExpectedImage(ImageRequest Request, string File)
{
    const string Form = "seed=N:FILE, with ,trunc=PSI and ,class=N behind where they apply, such as seed=0:seed0000.png,trunc=0.7";

    /// <summary>The option that takes such pictures, one each time it is given.</summary>
    public static Option<ExpectedImage[]?> Option(string name, string description) => new(name)
    {
        HelpName = "seed=N:FILE[,trunc=PSI][,class=N]",
        Description = description,
        CustomParser = Parse,
        Arity = ArgumentArity.OneOrMore,
    };

    static ExpectedImage[]? Parse(ArgumentResult result)
    {
        List<ExpectedImage> images = [];
        foreach (Token token in result.Tokens)
        {
            if (Of(token.Value) is { } image) images.Add(image);
            else
            {
                result.Refuse(token.Value, Form, fix: null);
                return null;
            }
        }
        return [.. images];
    }

    /// <summary>Read from both ends, so that a file's name may hold commas and colons; null where it is not of the form.</summary>
    static ExpectedImage? Of(string text)
    {
        string[] halves = text.Split(':', 2);
        if (halves is not [['s', 'e', 'e', 'd', '=', .. var number], var file] || !SeedList.TryParseOne(number, out uint seed)) return null;
        (double? psi, int? c) = (null, null);
        while (file.LastIndexOf(',') is >= 0 and var comma)
        {
            string[] pair = file[(comma + 1)..].Split('=', 2);
            if (pair is ["trunc", var typed] && psi is null)
            {
                if (!double.TryParse(typed, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
                    return null;
                psi = value;
            }
            else if (pair is ["class", var index] && c is null)
            {
                if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out int value)) return null;
                c = value;
            }
            else break;
            file = file[..comma];
        }
        return file.Length > 0 ? new(new(seed, c, new Truncation(psi ?? 1)), file) : null;
    }
}
