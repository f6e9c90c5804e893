using System.Text;
using System.Text.Json.Nodes;

namespace Cfgen.Cli.Tests;

public sealed class UsageErrorTests
{
    /// <summary>Every kind of wrong line, one a row.</summary>
    static readonly string[][] s_wrong =
    [
        [],
        ["expalin"],
        ["seven.png"],
        ["--thresold", "0.5"],
        ["--target-class", "9", "explain", "seven.png"],
        ["explain"],
        ["explain", ""],
        ["explain", "seven.png", "nine.png"],
        ["explain", "seven.png", "--target-clas", "9"],
        ["explain", "--target-clas", "9", "seven.png"],
        ["explain", "seven.png", "--colour=red"],
        ["explain", "seven.png", "-threshold", "0.5"],
        ["explain", "seven.png", "--target-class"],
        ["explain", "seven.png", "--target-class", ""],
        ["explain", "seven.png", "--target-class", "--overwrite"],
        ["explain", "seven.png", "--out", "--overwrit"],
        ["explain", "seven.png", "--lr", "0.1", "--learning-rate", "0.2"],
        ["explain", "seven.png", "--threshold", "0"],
        ["explain", "seven.png", "--threshold", "1"],
        ["explain", "seven.png", "--threshold", "nan"],
        ["explain", "seven.png", "--threshold", "0,5"],
        ["explain", "seven.png", "--threshold", "1,5"],
        ["explain", "seven.png", "--threshold", "-0.5"],
        ["explain", "seven.png", "--threshold", "half"],
        ["explain", "seven.png", "--threshold", "0x1"],
        ["explain", "seven.png", "--max-steps", "0"],
        ["explain", "seven.png", "--max-steps", "1e3"],
        ["explain", "seven.png", "--max-steps", "99999999999"],
        ["explain", "seven.png", "--learning-rate", "0"],
        ["explain", "seven.png", "--learning-rate", "Infinity"],
        ["explain", "seven.png", "--prior-weight", "-1e-9"],
        ["explain", "seven.png", "--threads", "-1"],
        ["explain", "seven.png", "--direction", "up"],
        ["explain", "seven.png", "--objective", "margni"],
        ["explain", "seven.png", "--space", "z"],
        ["explain", "seven.png", "--quiet=yes"],
        ["explain", "seven.png", "-q", "-v"],
        ["explain", "seven.png", "--threshold", "2", "--max-steps", "none"],
        ["explain", "seven.png", "--refine-inversion", "-1"],
        ["project"],
        ["project", "seven.png", "--steps", "0"],
        ["project", "seven.png", "--steps", "-5"],
        ["project", "seven.png", "--starts", "-1"],
        ["project", "seven.png", "--space", "z"],
        ["inspect", "one", "two"],
        ["inspect", "--threshold", "0.5"],
        ["bundle"],
        ["bundle", "create"],
        ["bundle", "create", "b", "--generator", ""],
        ["bundle", "create", "b", "--generator", "g.onnx", "--image-range", "1,-1"],
        ["bundle", "create", "b", "--generator", "g.onnx", "--image-range", "0.5"],
        ["bundle", "create", "b", "--generator", "g.onnx", "--fit", "padd"],
        ["import"],
        ["import", "net.pkl"],
        ["import", "net.pkl", "--out", "o", "--precision", "float64"],
        ["import", "net.pkl", "--out", "o", "--noise", "random"],
        ["import", "net.pkl", "--out", "o", "--statistics-samples", "1"],
        ["import", "net.pkl", "--out", "o", "--seed", "4294967296"],
        ["import", "net.pkl", "--out", "o", "--expect-image", "seed0000.png"],
        ["import", "net.pkl", "--out", "o", "--expect-image", "seed=0:"],
        ["import", "net.pkl", "--out", "o", "--expect-image", "seed=-1:a.png"],
        ["import", "net.pkl", "--out", "o", "--expect-image", "seed=0:a.png,trunc=half"],
        ["import", "net.pkl", "--out", "o", "--expect-image", "seed=0:a.png,class=first"],
        ["import", "net.pkl", "--out", "o", "--expect-tolerance", "-1"],
        ["generate"],
        ["generate", "0-15"],
        ["generate", "--seeds", "5-"],
        ["generate", "--seeds", "a"],
        ["generate", "--seeds", "-1"],
        ["generate", "--seeds", "5-3"],
        ["generate", "--seeds", "1,,2"],
        ["generate", "--seeds", "4294967296"],
        ["generate", "--seeds", "0-4294967295"],
        ["generate", "--seeds", "1", "--trunc", "nan"],
        ["generate", "--seeds", "1", "--trunc", "half"],
        ["generate", "--seeds", "1", "--class", "-1"],
        ["generate", "--seeds", "1", "--truncation-cutoff", "all"],
        ["gradient"],
        ["gradient", "biuld"],
        ["gradient", "build"],
        ["gradient", "build", "model.onnx"],
        ["gradient", "build", "model.onnx", "--out", ""],
        ["gradient", "build", "model.onnx", "--out", "gradient.onnx", "--scalar", "mean"],
        ["gradient", "build", "model.onnx", "--out", "gradient.onnx", "--wrt"],
        ["gradient", "build", "model.onnx", "--wrt", "x", "--overwrit", "--out", "gradient.onnx"],
        ["gradient", "build", "--wrt", "x", "model.onnx", "--out", "gradient.onnx"],
        ["gradient", "check"],
        ["gradient", "check", "model.onnx", "other.onnx"],
        ["gradient", "check", "model.onnx", "--points", "0"],
        ["gradient", "check", "model.onnx", "--directions", "many"],
        ["gradient", "check", "model.onnx", "--seed", "-1"],
        ["gradient", "check", "model.onnx", "--tolerance", "0"],
        ["gradient", "check", "model.onnx", "--wrt", "x", ""],
        ["gradient", "time"],
        ["gradient", "time", "model.onnx", "--batch", "0"],
        ["gradient", "time", "model.onnx", "--threads", "-1"],
        ["gradient", "time", "model.onnx", "--repeat", "often"],
    ];

    public static TheoryData<string> Lines => [.. s_wrong.Select(args => string.Join('\n', args))];

    [Fact]
    public async Task Messages_are_as_published()
    {
        StringBuilder all = new();
        foreach (string[] args in s_wrong)
            all.Append("$ cfgen ").AppendJoin(' ', args.Select(arg => arg.Length == 0 ? "''" : arg)).Append('\n')
                .Append((await CliRun.Of(args)).Error).Append('\n');
        Golden.Matches("usage-errors.txt", all.ToString());
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_wrong_line_runs_nothing_and_exits_with_2(string line)
    {
        (int exit, string output, string error) = await CliRun.Of(Words(line), (_, _) => throw new InvalidOperationException("ran"));
        Assert.Equal(2, exit);
        Assert.Equal("", output);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task With_json_the_error_is_one_object_on_one_line(string line)
    {
        (int exit, string output, string error) = await CliRun.Of(["--json", .. Words(line)]);
        Assert.Equal(2, exit);
        Assert.Equal("", output);
        JsonObject parsed = JsonNode.Parse(Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)))!.AsObject();
        Assert.Equal(["code", "exit", "what", "where", "found", "expected", "fix"], parsed.Select(property => property.Key));
        Assert.Equal(2, (int)parsed["exit"]!);
    }

    [Fact]
    public async Task After_two_hyphens_a_name_may_look_like_an_option() =>
        Assert.Equal("--seven.png", (await CliRun.Explain("--", "--seven.png")).Arguments.Image);

    [Fact]
    public async Task An_at_sign_is_an_ordinary_letter() =>
        Assert.Equal("@seven.png", (await CliRun.Explain("@seven.png")).Arguments.Image);

    static string[] Words(string line) => line.Length == 0 ? [] : line.Split('\n');
}
