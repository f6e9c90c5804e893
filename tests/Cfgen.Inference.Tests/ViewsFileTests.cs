using Cfgen.Inference.Views;

namespace Cfgen.Inference.Tests;

/// <summary>Files of views, right and wrong.</summary>
public sealed class ViewsFileTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_key_is_read()
    {
        ViewSet views =
            Read("""[{ "name": "a", "shiftX": 0.1, "shiftY": -0.2, "rotation": 3, "scale": 1.5 }, { "name": "b", "rotation": 1 }]""");
        Assert.Equal(
            [View.Identity, new()
            {
                Name = "a",
                ShiftX = 0.1,
                ShiftY = -0.2,
                Rotation = 3,
                Scale = 1.5,
            }, new() { Name = "b", Rotation = 1 }],
            views.All);
    }

    [Theory]
    [InlineData("", "the text is empty")]
    [InlineData("{}", "JSON")]
    [InlineData("null", "null")]
    [InlineData("[null]", "null in place of view 1")]
    [InlineData("[{ \"rotation\": 3 }]", "name")]
    [InlineData("[{ \"name\": \"a\", \"turn\": 3 }]", "turn")]
    [InlineData("[{ \"name\": \"\", \"rotation\": 3 }]", "an empty text at 'name' of view 1")]
    [InlineData("[{ \"name\": \"a\" }, { \"name\": \"b\", \"scale\": 0.1 }]", "0.1 at 'scale' of view 2")]
    [InlineData("[{ \"name\": \"a\", \"shiftX\": 1.5 }]", "1.5 at 'shiftX' of view 1")]
    [InlineData("[{ \"name\": \"a\", \"rotation\": 1e300 }]", "at 'rotation' of view 1")]
    public void What_is_wrong_is_told(string json, string found)
    {
        InputException e = Assert.Throws<InputException>(() => Read(json));
        Assert.Equal(("views-wrong", _folder["views.json"]), (e.Problem.Code, e.Problem.Where));
        Assert.Contains(found, e.Problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_are_refused()
    {
        string views = string.Join(", ",
            Enumerable.Range(1, ViewSet.MostOthers + 1).Select(i => $$"""{ "name": "v", "rotation": {{i}} }"""));
        InputException e = Assert.Throws<InputException>(() => Read($"[{views}]"));
        Assert.Equal("at most 64", e.Problem.Expected);
    }

    [Fact]
    public void A_missing_file_is_told() =>
        Assert.Equal(_folder["nowhere.json"], Assert.Throws<InputException>(() => ViewsFile.Read(_folder["nowhere.json"])).Problem.Where);

    ViewSet Read(string json) => ViewsFile.Read(_folder.File("views.json", System.Text.Encoding.UTF8.GetBytes(json)));
}
