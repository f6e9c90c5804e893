using System.Text;
using Cfgen.Inference.Processors;

namespace Cfgen.Inference.Tests;

public sealed class ClassNamesFileTests
{
    [Theory]
    [InlineData("cat\ndog\n\n")]
    [InlineData("cat\r\ndog")]
    [InlineData("""["cat", "dog"]""")]
    [InlineData("""{ "1": "dog", "0": "cat" }""")]
    [InlineData("""{ "0": ["n02123045", "cat"], "1": ["n02099601", "dog"] }""")]
    [InlineData("""{ "model_type": "vit", "id2label": { "0": "cat", "1": "dog" } }""")]
    public void Names_come_in_the_order_of_the_outputs(string text) => Assert.Equal(["cat", "dog"], Read(text));

    [Theory]
    [InlineData("cat", "1 names")]
    [InlineData("cat\ncat", "'cat' twice")]
    [InlineData("""["cat", ""]""", "an empty name")]
    [InlineData("""["cat", 4]""", "4")]
    [InlineData("""{ "0": "cat", "2": "dog" }""", "the key '2'")]
    [InlineData("""{ "cat": 0, "dog": 1 }""", "the key 'cat'")]
    [InlineData("""["cat",""", "no valid JSON at line 1, column 7")]
    public void What_cannot_be_read_says_what_stands_there(string text, string found) =>
        Assert.Equal(found, Assert.Throws<InputException>(() => Read(text)).Problem.Found);

    [Fact]
    public void A_missing_file_is_told() =>
        Assert.Equal("classes-missing", Assert.Throws<InputException>(() => ClassNamesFile.Read("no-such-file.txt")).Problem.Code);

    static IReadOnlyList<string> Read(string text)
    {
        using TemporaryFolder folder = new();
        return ClassNamesFile.Read(folder.File("labels", Encoding.UTF8.GetBytes(text)));
    }
}
