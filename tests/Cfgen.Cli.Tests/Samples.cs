using Cfgen.Cli.Commands.Bundles.Create;
using Cfgen.Cli.Commands.Generate;
using Cfgen.Cli.Commands.Gradient.Build;
using Cfgen.Cli.Commands.Gradient.Check;
using Cfgen.Cli.Commands.Gradient.Time;
using Cfgen.Cli.Commands.Import;
using Cfgen.Cli.Commands.Inspect;
using Cfgen.Cli.Commands.Project;
using Cfgen.Cli.Output.Json;
using Cfgen.Cli.Results;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Views;

namespace Cfgen.Cli.Tests;

/// <summary>One plausible record of each kind.</summary>
static class Samples
{
    static readonly ClassRecord s_nine = new() { Index = 9, Name = "nine" };

    static readonly DecisionRecord s_original = new()
    {
        Class = new() { Index = 7, Name = "seven" },
        Probability = 0.998,
        TargetProbability = 0.0004,
    };

    static readonly ReconstructionRecord s_reconstruction =
        new() { Mse = 0.004, Psnr = 23.98, L1 = 0.02, Ssim = 0.94, DecisionKept = true };

    public static ExplanationRecord Run { get; } = new()
    {
        Files = ["run.json"],
        Tool = new() { Version = "0.1.0", Runtime = ".NET 10", OnnxRuntime = "1.31.1", Vips = "8.18.7", Os = "linux-x64" },
        Inputs = [new() { Role = "image", Name = "seven.png", Sha256 = "00ff" }],
        Options = new()
        {
            Direction = "increase",
            Objective = "log-probability",
            Space = "w",
            Threshold = 0.95,
            MaxSteps = 100,
            LearningRate = 0.1,
            PriorWeight = 0.1,
            Prior = "class",
            StepRule = "scalar-adam",
            ApproachSteps = 15,
            Views = [View.Identity, new() { Name = "turned +12 deg", Rotation = 12 }],
            Threads = 0,
            RefineInversion = 0,
            ComputeFloat32 = false,
            StallPatience = 25,
            StallTolerance = 0.001,
            InversionSteps = 0,
            Starts = 0,
            Seed = 0,
        },
        Outcome = SearchOutcome.StepsExhausted,
        Target = s_nine,
        From = null,
        Original = s_original,
        Reconstructed = s_original with { Probability = 0.97 },
        Counterfactual = s_original with { Probability = 0.45, TargetProbability = 0.4 },
        Steps = 100,
        BestStep = 35,
        FirstReached = null,
        ProbabilityBefore = 0.001,
        ProbabilityAfter = 0.5,
        SavedProbability = null,
        Views =
        [
            new() { View = "identity", Probability = 0.98, Holds = true },
            new() { View = "turned +12 deg", Probability = 0.61, Holds = false },
        ],
        Distance = 3.25,
        DistanceUnit = DistanceUnits.OfTheCodes,
        Mahalanobis = null,
        Reconstruction = s_reconstruction,
        Inversion = new() { Method = "encoder", Steps = 0, Start = null, StartLoss = null, Loss = null },
        Importances = [new("holes", "count", 0, 1, 1, null)],
        Timings = new Dictionary<string, double> { ["load"] = 120.5, ["search"] = 80 },
    };

    public static ProjectRecord Project { get; } = new()
    {
        Files = ["run.json"],
        Tool = Run.Tool,
        Inputs = Run.Inputs,
        Options = new()
        {
            Space =
            "w+",
            Steps = 300,
            Starts = 8,
            Seed = 0,
            LearningRate = 0.1,
            PriorWeight = 0.0001,
            Threads = 0,
            ComputeFloat32 = true
        },
        Outcome = InversionOutcome.Finished,
        Inversion = new() { Method = "projection", Steps = 300, Start = 3, StartLoss = 0.05, Loss = 0.002 },
        Mahalanobis = 7.5,
        Original = new() { Class = new() { Index = 7, Name = "seven" }, Probability = 0.998, TargetProbability = null },
        Reconstructed = new() { Class = new() { Index = 7, Name = "seven" }, Probability = 0.99, TargetProbability = null },
        Reconstruction = s_reconstruction,
        Timings = new Dictionary<string, double> { ["load"] = 120.5, ["project"] = 800 },
    };

    public static ProjectRecord ProjectSummary { get; } = Project with { Folder = "/results/seven-projected" };

    public static ExplanationRecord Summary { get; } = Run with
    {
        Outcome = SearchOutcome.Reached,
        Target = s_nine,
        From = null,
        Original = s_original,
        Reconstructed = s_original with { Probability = 0.97 },
        Counterfactual = new() { Class = s_nine, Probability = 0.955, TargetProbability = 0.955 },
        Steps = 27,
        BestStep = 24,
        FirstReached = new() { Step = 12, Distance = 4.5 },
        ProbabilityBefore = 0.001,
        ProbabilityAfter = 0.96,
        SavedProbability = 0.955,
        Distance = 3.25,
        DistanceUnit = DistanceUnits.StandardDeviations,
        Mahalanobis = 7.5,
        Reconstruction = s_reconstruction,
        Importances =
        [
            new("holes", "count", 0, 1, 1, 2.1),
            new("stroke_thickness", "px", 2.5, 2.25, -0.25, -0.5),
            new("area", "px2", 80, 100, 20, null),
            new("slant", "deg", 0.1, 0.1, 0, 0),
        ],
        Folder = "/results/seven-to-nine",
        Files = ["run.json", "counterfactual.png"],
    };

    public static InspectRecord Inspect { get; } = new()
    {
        Path = "/models/digits",
        Bundle = "digits",
        Models =
        [
            new()
            {
                Role = "classifier",
                File = "classifier.onnx",
                Bytes = 1_234_567,
                Sha256 = "00ff",
                Opset = 20,
                Parameters = 300_000,
                Inputs = [new() { Name = "digit", Type = "float32", Shape = ["N", "1", "28", "28"] }],
                Outputs = [new() { Name = "logits", Type = "float32", Shape = ["N", "10"] }],
                Operators = new Dictionary<string, int> { ["Conv"] = 4, ["Gemm"] = 2 },
                Memory = new() { Weights = 1_200_000, Forward = 1_500_000, Gradient = 2_345_678 },
            },
        ],
        Classes = ["zero", "one"],
        Search = [new() { Name = "threshold", Value = "0.95", From = "bundle" },
            new() { Name = "max-steps", Value = "100", From = "built in" }],
        ClassifierRunsPerStep = 9,
        Notes = ["the classifier has 2 outputs"],
        Licence = "CC BY-SA 3.0",
        Missing = ["encoder: an image cannot be turned into a latent code"],
        Problems = [new("hash-wrong", "the classifier is not the one that model.json names") { Where = "classifier.onnx" }],
    };

    public static BundleCreateRecord BundleCreate { get; } = new()
    {
        Folder = "/models/screws",
        Name = "screws",
        Files = [
            new() { Role = "manifest", Name = "model.json", Sha256 = "00ff" },
            new() { Role = "generator", Name = "generator.onnx", Sha256 = "11ee" }
        ],
        Pictures = 20,
        Assumed = ["a picture of another size is scaled and padded; else give --fit WAY, or change image.fit",
            "the classifier's output holds logits"],
        Missing = ["classifier: give one with --classifier"],
        Warnings = ["the covariance is rank deficient"],
    };

    public static ImportRecord Import { get; } = new()
    {
        Folder = "/models/faces",
        Name = "faces",
        Source = new() { Role = "network", Name = "faces.pkl", Sha256 = "00ff" },
        Network = "G_ema",
        Architecture = "StyleGAN3 (T)",
        Precision = "float32",
        ZDim = 512,
        CDim = 0,
        WDim = 512,
        NumWs = 16,
        Resolution = 256,
        Channels = 3,
        Parameters = 22_000_000,
        StatisticsSamples = 100_000,
        Files = [
            new() { Role = "manifest", Name = "model.json", Sha256 = "11ee" },
            new() { Role = "generator", Name = "generator.onnx", Sha256 = "22dd" }
        ],
        Expected =
        [
            new() { Image = new() { Role = "expected image", Name = "seed0000.png", Sha256 = "33cc" }, Request =
                "seed 0, psi 0.7", MeanDifference = 0.125, MaxDifference = 3, Tolerance = 2, Agrees = true },
            new() { Image = new() { Role = "expected image", Name = "seed0001.png", Sha256 = "44bb" }, Request =
                "seed 1", MeanDifference = 17.5, MaxDifference = 201, Tolerance = 2, Agrees = false },
        ],
        Missing = ["encoder: give one with --encoder"],
        Warnings = ["the licence of the weights is not stated"],
    };

    public static GenerateRecord Generate { get; } = new()
    {
        Files = ["generate.json"],
        Folder = "/pictures/generated",
        Tool = new() { Version = "0.1.0", Runtime = ".NET 10", OnnxRuntime = "1.31.1", Vips = "8.18.7", Os = "linux-x64" },
        Inputs = [new() { Role = "generator", Name = "generator.onnx", Sha256 = "00ff" }],
        TruncationPsi = 0.7,
        TruncationCutoff = 8,
        Class = 3,
        Images = [
            new() { Seed = 0, File = "seed0000.png", Sha256 = "11ee" },
            new() { Seed = uint.MaxValue, File = "seed4294967295.png", Sha256 = "22dd" }
        ],
        ContactSheet = new() { File = "contact-sheet.png", Sha256 = "33cc", Images = 2 },
    };

    public static GradientBuildRecord GradientBuild { get; } = new()
    {
        Model = "/models/classifier.onnx",
        File = "/models/classifier-gradient.onnx",
        Bytes = 1_234_567,
        Output = "logits",
        WithRespectTo = ["digit"],
        Inputs = [
            new() { Name = "digit", Type = "float32", Shape = ["N", "1", "28", "28"] },
            new() { Name = "logits_cotangent", Type = "float32", Shape = ["N", "10"] }
        ],
        Outputs = [
            new() { Name = "logits", Type = "float32", Shape = ["N", "10"] },
            new() { Name = "digit_gradient", Type = "float32", Shape = ["N", "1", "28", "28"] }
        ],
        Opset = 20,
        NodesBefore = 12,
        NodesAfter = 1_040,
    };

    public static GradientCheckRecord GradientCheck { get; } = GradientCheckRecord.Of(
        "/models/classifier.onnx",
        new() { Output = "logits", WithRespectTo = ["digit"] },
        new() { Points = 1, Directions = 4 },
        [new("Conv", 4, true), new("QuantizeLinear", 2, true), new("com.example.Fancy", 1, false)],
        new([
            new(Point: 1, Direction: 1, Gradient: 1.5, Difference: 1.5001, Step: 0.003, Error: 0.00007, OneSidedGap: 0.002,
                Resolution: 1e-6, Tolerance: 0.01),
            new(Point: 1, Direction: 2, Gradient: -2, Difference: -1.5, Step: 0.001, Error: 0.25, OneSidedGap: 0.004, Resolution: 1e-6,
                Tolerance: 0.01),
            new(Point: 1, Direction: 3, Gradient: 0, Difference: 0.5, Step: 0.0001, Error: 1, OneSidedGap: double.PositiveInfinity,
                Resolution: 1e-6, Tolerance: 0.01),
            new(Point: 1, Direction: 4, Gradient: 1e-9, Difference: 0, Step: 0.01, Error: 1, OneSidedGap: 0, Resolution: 1e-6,
                Tolerance: 0.01),
        ]));

    public static GradientTimeRecord GradientTime { get; } = GradientTimeRecord.Of(
        "/models/classifier.onnx",
        new() { Output = "logits", WithRespectTo = ["digit"] },
        new() { Batch = 16, Session = new() { Threads = 1 } },
        new(
            TimeSpan.FromMilliseconds(1.5),
            TimeSpan.FromMilliseconds(3.75),
            new(new Dictionary<string, long> { ["Conv"] = 3_000_000, ["MatMul"] = 1_000_000 }, Uncounted: 0),
            new(new Dictionary<string, long> { ["Conv"] = 3_000_000, ["ConvTranspose"] = 3_000_000, ["MatMul"] = 2_000_000 }, Uncounted: 1))
        {
            Computed = new(2, 1_000_000),
            ForwardOperators = new Dictionary<string, TimeSpan>
            {
                ["Conv"] = TimeSpan.FromMicroseconds(1100),
                ["ReorderOutput"] = TimeSpan.FromMicroseconds(50),
            },
            GradientOperators = new Dictionary<string, TimeSpan>
            {
                ["Conv"] = TimeSpan.FromMicroseconds(2400),
                ["Mul"] = TimeSpan.FromMicroseconds(600),
            },
        });
}
