using System.Globalization;
using Cfgen.Cli.CommandLine;
using Cfgen.Cli.Commands.Explain;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Graphs;
using CsCheck;

namespace Cfgen.Cli.Tests;

public sealed class ExplainCommandTests
{
    [Fact]
    public async Task What_is_not_given_stays_unknown_so_that_the_bundle_can_decide()
    {
        (ExplainArguments arguments, CommonOptions common) = await CliRun.Explain("seven.png");
        Assert.Equal(new ExplainArguments("seven.png"), arguments);
        Assert.Equal(new CommonOptions(), common);
    }

    [Fact]
    public async Task Every_option_arrives_where_it_belongs()
    {
        (ExplainArguments arguments, CommonOptions common) = await CliRun.Explain(
            "seven.png", "--target-class", "nine", "--bundle", "b", "--generator", "g.onnx", "--encoder", "e.onnx", "--classifier",
                "c.onnx", "--classifier-output", "scores", "--out", "o", "--overwrite",
            "--direction", "decrease", "--objective", "margin", "--space", "w+", "--threshold", "0.9", "--max-steps", "7",
            "--learning-rate", "0.2",
            "--prior", "all", "--step-rule", "adam", "--approach-steps", "4", "--views", "v.json",
            "--prior-weight", "0", "--refine-inversion", "50",
            "--encode-statistics", "photos", "--gradient-graph", "gg.onnx", "--save-gradient-graph", "sg.onnx", "--no-cache",
            "--compute-float32", "--threads", "0", "--json", "--quiet");
        ExplainArguments expected = new("seven.png")
        {
            TargetClass = "nine",
            Models = new()
            {
                Bundle = "b",
                Generator = "g.onnx",
                Encoder = "e.onnx",
                Classifier = "c.onnx",
                ClassifierOutput = "scores",
                EncodeStatistics = "photos",
                ComputeFloat32 = true,
            },
            Search = new()
            {
                Direction = SearchDirection.Decrease,
                Objective = ObjectiveKind.Margin,
                Space = LatentSpace.WPlus,
                Threshold = 0.9,
                MaxSteps = 7,
                LearningRate = 0.2,
                PriorWeight = 0,
                Prior = LatentPrior.All,
                StepRule = StepRule.Adam,
                ApproachSteps = 4,
                Views = "v.json",
            },
            Runtime = new() { NoCache = true, Threads = 0 },
            Out = "o",
            Overwrite = true,
            RefineInversion = 50,
            GradientGraph = "gg.onnx",
            SaveGradientGraph = "sg.onnx",
        };
        Assert.Equal(expected, arguments);
        Assert.Equal(new CommonOptions(Json: true, Quiet: true), common);
    }

    [Fact]
    public async Task Short_names_mean_the_same()
    {
        (ExplainArguments arguments, CommonOptions common) = await CliRun.Explain("-t", "9", "-o", "o", "--lr", "0.2", "-v", "seven.png");
        Assert.Equal(new ExplainArguments("seven.png") { TargetClass = "9", Out = "o", Search = new() { LearningRate = 0.2 } }, arguments);
        Assert.True(common.Verbose);
    }

    [Fact]
    public async Task Common_options_may_stand_before_the_command()
    {
        CommonOptions? seen = null;
        await CliRun.Of(
            ["--verbose", "inspect"], (common, _) => Task.FromResult((seen = common) is null ? ExitCode.Defect : ExitCode.Done));
        Assert.Equal(new CommonOptions(Verbose: true), seen);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("models")]
    public async Task Inspect_takes_a_path_or_none(string? path) =>
        Assert.Equal(path, (await CliRun.Inspect(path is null ? [] : [path])).Path);

    [Fact]
    public void Names_of_alternatives_read_back_as_themselves()
    {
        Assert.All(Enum.GetValues<SearchDirection>(), value =>
            Assert.Equal(value, Search("--direction", SearchChoices.Direction.NameOf(value)).Direction));
        Assert.All(Enum.GetValues<ObjectiveKind>(), value =>
            Assert.Equal(value, Search("--objective", SearchChoices.Objective.NameOf(value)).Objective));
        Assert.All([LatentSpace.W, LatentSpace.WPlus], value =>
            Assert.Equal(value, Search("--space", SearchChoices.Space.NameOf(value)).Space));
    }

    [Fact]
    public void Any_threshold_in_the_open_interval_arrives_with_every_bit() =>
        Gen.Double[0, 1].Where(x => x is > 0 and < 1).Sample(x => Search("--threshold", Text(x)).Threshold == x, iter: 200);

    [Fact]
    public void Any_positive_learning_rate_arrives_with_every_bit() =>
        Gen.Double[0, 1000].Where(x => x > 0).Sample(x => Search("--learning-rate", Text(x)).LearningRate == x, iter: 200);

    [Fact]
    public void Any_number_of_steps_arrives() =>
        Gen.Int[1, 1_000_000].Sample(n => Search("--max-steps", n.ToString(CultureInfo.InvariantCulture)).MaxSteps == n, iter: 200);

    static SearchArguments Search(params string[] options) =>
        CliRun.Explain(["seven.png", .. options]).GetAwaiter().GetResult().Arguments.Search;

    static string Text(double x) => x.ToString("R", CultureInfo.InvariantCulture);
}
