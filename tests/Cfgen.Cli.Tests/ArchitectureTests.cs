using System.Reflection;
using System.Xml.Linq;
using Cfgen.Explanations;
using NetArchTest.Rules;

namespace Cfgen.Cli.Tests;

public sealed class ArchitectureTests
{
    /// <summary>What each project may use, besides Cfgen.Errors.</summary>
    static readonly Dictionary<string, string[]> s_arrows = new()
    {
        ["Cfgen.Errors"] = [],
        ["Cfgen.OnnxFormat"] = [],
        ["Cfgen.Autodiff"] = ["Cfgen.OnnxFormat"],
        ["Cfgen.StyleGan"] = ["Cfgen.OnnxFormat"],
        ["Cfgen.Counterfactuals"] = [],
        ["Cfgen.Descriptors"] = [],
        ["Cfgen.Inference"] = ["Cfgen.Counterfactuals", "Cfgen.Autodiff", "Cfgen.OnnxFormat"],
        ["Cfgen.Imaging"] = [],
        ["Cfgen.Explanations"] = ["Cfgen.Counterfactuals", "Cfgen.Descriptors", "Cfgen.Inference", "Cfgen.Imaging"],
        ["Cfgen.Cli"] =
        [
            "Cfgen.OnnxFormat", "Cfgen.Autodiff", "Cfgen.StyleGan", "Cfgen.Counterfactuals", "Cfgen.Descriptors", "Cfgen.Inference",
            "Cfgen.Imaging", "Cfgen.Explanations",
        ],
    };

    public static TheoryData<string> Projects => [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"))
        .Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_only_what_the_design_allows(string project)
    {
        Assert.True(s_arrows.TryGetValue(project, out string[]? allowed), $"{project} is not in the table of the design");
        XDocument file = XDocument.Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"));
        string[] used = [.. file.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];
        Assert.Empty(used.Except(allowed).Except(project == "Cfgen.Errors" ? [] : ["Cfgen.Errors"]));
    }

    [Fact]
    public void The_search_knows_no_file_no_clock_no_console_and_no_network()
    {
        Assembly search = Assembly.Load("Cfgen.Counterfactuals");
        Assert.NotEmpty(search.GetExportedTypes());
        NetArchTest.Rules.TestResult result = Types.InAssembly(search).ShouldNot().HaveDependencyOnAny(
            "System.IO", "System.Console", "System.Net", "System.DateTime", "System.DateTimeOffset", "System.TimeProvider",
            "System.Diagnostics.Stopwatch",
            "Microsoft.ML", "Google.Protobuf", "Cfgen.OnnxFormat", "Cfgen.Autodiff", "Cfgen.Inference", "Cfgen.Imaging").GetResult();
        Assert.Empty(result.FailingTypeNames ?? []);
    }

    [Fact]
    public void An_explanation_knows_no_console_no_json_and_no_command_line()
    {
        NetArchTest.Rules.TestResult result = Types.InAssembly(typeof(Explainer).Assembly).ShouldNot().HaveDependencyOnAny(
            "System.Console", "System.Text.Json", "System.CommandLine", "Spectre.Console", "Serilog", "CsvHelper", "Cfgen.StyleGan",
            "Cfgen.OnnxFormat", "Cfgen.Autodiff").GetResult();
        Assert.Empty(result.FailingTypeNames ?? []);
    }
}
