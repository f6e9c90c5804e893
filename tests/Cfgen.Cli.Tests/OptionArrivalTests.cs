using System.Collections;
using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Reflection;
using Cfgen.Cli.Commands.Generate;

namespace Cfgen.Cli.Tests;

/// <summary>The value of every option of every command arrives in the one property that is named after it, and nowhere else.</summary>
public sealed class OptionArrivalTests
{
    /// <summary>Properties that are not called as their option is.</summary>
    static readonly Dictionary<string, string> s_names = new()
    {
        ["--wrt"] = "WithRespectTo",
        ["--trunc"] = "Psi",
        ["--truncation-cutoff"] = "Cutoff",
        ["--expect-image"] = "ExpectImages",
    };

    /// <summary>A word that each option takes, where it is neither a text nor a number.</summary>
    static readonly Dictionary<string, string> s_words = new()
    {
        ["--direction"] = "decrease",
        ["--objective"] = "margin",
        ["--space"] = "w+",
        ["--step-rule"] = "adam",
        ["--approach-steps"] = "7",
        ["--prior"] = "all",
        ["--fit"] = "crop",
        ["--image-range"] = "-0.5,2",
        ["--seeds"] = "3",
        ["--expect-image"] = "seed=3:x.png",
        ["--precision"] = "float16",
        ["--noise"] = "none",
        ["--scalar"] = "index",
    };

    public static TheoryData<string, string> Options
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach ((string path, Command command) in Commands(Root, ""))
                foreach (Option option in command.Options.Where(o => o is not HelpOption)) rows.Add(path, option.Name);
            return rows;
        }
    }

    static RootCommand Root => new CliRoot(CliRun.Io(), CliRun.None);

    [Theory]
    [MemberData(nameof(Options))]
    public async Task An_option_arrives_in_its_property(string path, string name)
    {
        Command command = Commands(Root, "").Single(c => c.Path == path).Command;
        Option option = command.Options.Single(o => o.Name == name);
        string[] line = [.. path.Split(' '), .. command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0).Select(_ => "argument")];
        string[] required = [.. command.Options.Where(o => o.Required && o.Name != name).SelectMany(o => new[] { o.Name, Word(o) })];
        string[] typed = option.ValueType == typeof(bool) ? [name] : [name, Word(option)];
        string[] before = option.Required ? [name, s_words.ContainsKey(name) ? "4" : "other"] : [];
        Dictionary<string, string> without = await Arguments([.. line, .. required, .. before]);
        Dictionary<string, string> with = await Arguments([.. line, .. required, .. typed]);
        string changed = Assert.Single(with.Keys.Union(without.Keys), key => with.GetValueOrDefault(key) != without.GetValueOrDefault(key));
        Assert.Equal(s_names.GetValueOrDefault(name) ?? Pascal(name), changed.Split('.')[^1]);
        if (option.ValueType == typeof(string)) Assert.Equal(Word(option), with[changed]);
    }

    [Fact]
    public void There_are_options_to_look_at() => Assert.InRange(Options.Count, 80, 1000);

    static IEnumerable<(string Path, Command Command)> Commands(Command command, string path)
    {
        if (command.Subcommands.Count == 0) yield return (path, command);
        foreach (Command sub in command.Subcommands)
            foreach ((string, Command) below in Commands(sub, $"{path} {sub.Name}".Trim())) yield return below;
    }

    static string Word(Option option) => s_words.GetValueOrDefault(option.Name)
        ?? (Nullable.GetUnderlyingType(option.ValueType) is null ? $"word-{option.Name[2..]}"
            : option.ValueType == typeof(double?) ? "0.5" : "7");

    static string Pascal(string name) =>
        string.Concat(name[2..].Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>What the command would be run with, every property on a line of its own.</summary>
    static async Task<Dictionary<string, string>> Arguments(string[] line)
    {
        object? seen = null;
        Task<ExitCode> See(object arguments)
        {
            seen = arguments;
            return Task.FromResult(ExitCode.Done);
        }
        CliHandlers handlers = new(
            (a, _, _) => See(a), (a, _, _) => See(a), (a, _, _) => See(a), (a, _, _) => See(a), (a, _, _) => See(a), (a, _, _) => See(a),
            (a, _, _) => See(a), (a, _, _) => See(a), (a, _, _) => See(a));
        StringWriter error = new();
        await CliApp.RunAsync(line, CliRun.Io(error: error), handlers, TestContext.Current.CancellationToken);
        Assert.Equal("", error.ToString());
        return Flat("", seen!).ToDictionary(p => p.Key, p => p.Value);
    }

    static IEnumerable<(string Key, string Value)> Flat(string at, object value)
    {
        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            string key = at + property.Name;
            if (property.GetValue(value) is not { } found) continue;
            if (found is SeedList || found.GetType().Name.EndsWith("Arguments", StringComparison.Ordinal))
                foreach ((string, string) inner in Flat(key + ".", found)) yield return inner;
            else if (found is IEnumerable items and not string) yield return (key, string.Join(' ', items.Cast<object>()));
            else yield return (key, Convert.ToString(found, CultureInfo.InvariantCulture)!);
        }
    }
}
