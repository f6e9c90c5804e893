using System.CommandLine;
using Cfgen.Cli.CommandLine;

namespace Cfgen.Cli.Commands.Generate;

/// <summary>Defines <c>cfgen generate</c>: its names, its help and its checks.</summary>
sealed class GenerateCommand : Command, IHelpNotes
{
    readonly Option<SeedList?> _seeds =
        SeedList.Option("--seeds", "Seeds of the pictures, such as 0-15,42. A seed means the same z as in StyleGAN's own tools.");
    readonly Option<string?> _bundle = new("--bundle")
    {
        HelpName = "DIR",
        Description = "Folder with model.json and the models it names. Default: CFGEN_BUNDLE, or models/digits beside the program.",
        CustomParser = Texts.NotEmpty,
    };
    readonly Option<double?> _psi = new("--trunc", "--truncation-psi")
    {
        HelpName = "PSI",
        Description = "How far the codes keep from their mean: below 1 is more usual and less varied. Default: 1.",
        CustomParser = Numbers.From(-10, 10, 0.7),
    };
    readonly Option<int?> _cutoff = new("--truncation-cutoff")
    {
        HelpName = "N",
        Description = "Truncate the first N layers only. Default: all.",
        CustomParser = Numbers.Whole(0, int.MaxValue),
    };
    readonly Option<int?> _class = new("--class")
    {
        HelpName = "N",
        Description = "Class of a conditional generator, from 0.",
        CustomParser = Numbers.Whole(0, int.MaxValue),
    };
    readonly Option<string?> _out = new("--out", "-o")
    {
        HelpName = "DIR",
        Description = "Folder for the pictures, which appears whole or not at all. Default: generated.",
        CustomParser = Texts.NotEmpty,
    };
    readonly Option<bool> _overwrite = new("--overwrite")
    {
        Description = "Replace older pictures, the whole folder.",
        Arity = ArgumentArity.Zero,
    };

    public GenerateCommand(CommonOptionSet common, Func<GenerateArguments, CommonOptions, CancellationToken, Task<ExitCode>> run)
        : base("generate", "Make pictures with a bundle's generator, one for each seed.")
    {
        _seeds.Required = true;
        foreach (Option option in new Option[] { _seeds, _bundle, _psi, _cutoff, _class, _out, _overwrite }) Options.Add(option);
        this.RunsOnThePool((result, cancellationToken) => run(Bind(result), common.Bind(result), cancellationToken));
    }

    public string HelpNotes => """
        Examples:
          cfgen generate --seeds 0-15
          cfgen generate --bundle faces --seeds 0-99,1234 --trunc 0.7 --out faces-07
          cfgen generate --bundle animals --class 3 --seeds 7
        """;

    GenerateArguments Bind(ParseResult result) => new(result.GetValue(_seeds)!)
    {
        Bundle = result.GetValue(_bundle),
        Psi = result.GetValue(_psi),
        Cutoff = result.GetValue(_cutoff),
        Class = result.GetValue(_class),
        Out = result.GetValue(_out),
        Overwrite = result.GetValue(_overwrite),
    };
}
