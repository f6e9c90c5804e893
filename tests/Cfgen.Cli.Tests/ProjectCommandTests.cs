using Cfgen.Cli.Commands.Project;
using Cfgen.Counterfactuals;

namespace Cfgen.Cli.Tests;

public sealed class ProjectCommandTests
{
    [Fact]
    public async Task What_is_not_given_stays_unknown() =>
        Assert.Equal(new ProjectArguments("seven.png"), await CliRun.Project("seven.png"));

    [Fact]
    public async Task Every_option_arrives_where_it_belongs()
    {
        ProjectArguments arguments = await CliRun.Project(
            "seven.png", "--bundle", "b", "--generator", "g.onnx", "--mapping", "m.onnx", "--classifier", "c.onnx", "--classifier-output",
                "scores", "--latent-mean", "lm.npy", "--latent-covariance", "lc.npy",
            "--preprocessing", "p.json", "--classes", "n.txt", "-o", "o", "--overwrite", "--space", "w+", "--steps", "7", "--starts", "0",
            "--seed", "3", "--prior-weight", "0",
            "--lr", "0.2", "--no-cache", "--compute-float32", "--threads", "1");
        ProjectArguments expected = new("seven.png")
        {
            Models = new()
            {
                Bundle = "b",
                Generator = "g.onnx",
                Mapping = "m.onnx",
                Classifier = "c.onnx",
                ClassifierOutput = "scores",
                LatentMean = "lm.npy",
                LatentCovariance = "lc.npy",
                Preprocessing = "p.json",
                Classes = "n.txt",
                ComputeFloat32 = true,
            },
            Runtime = new() { NoCache = true, Threads = 1 },
            Out = "o",
            Overwrite = true,
            Space = LatentSpace.WPlus,
            Steps = 7,
            Starts = 0,
            Seed = 3,
            PriorWeight = 0,
            LearningRate = 0.2,
        };
        Assert.Equal(expected, arguments);
    }
}
