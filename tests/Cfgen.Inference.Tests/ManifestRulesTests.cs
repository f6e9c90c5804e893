using System.Text;
using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Tests;

public sealed class ManifestRulesTests
{
    static readonly string s_digits = File.ReadAllText(Path.Combine(Digits.Folder, Bundle.ManifestName));

    static ModelManifest Read(string key, string value) =>
        ManifestReader.Read(Encoding.UTF8.GetBytes(ManifestEdit.Of(s_digits, key, value)), Bundle.ManifestName);

    [Theory]
    [InlineData("$schema", "\"urn:cfgen:schema:model:2\"", "urn:cfgen:schema:model:2", "urn:cfgen:schema:model:1")]
    [InlineData("image.width", "0", "0", "1 to 16384")]
    [InlineData("image.width", "16385", "16385", "1 to 16384")]
    [InlineData("image.height", "-1", "-1", "1 to 16384")]
    [InlineData("image.channels", "2", "2", "1 or 3")]
    [InlineData("image.channels", "4", "4", "1 or 3")]
    [InlineData("image.range", "[1, -1]", "[1, -1]", "two numbers, the smaller first")]
    [InlineData("image.range", "[0, 0]", "[0, 0]", "two numbers, the smaller first")]
    [InlineData("image.range", "[0, 0.5, 1]", "[0, 0.5, 1]", "two numbers, the smaller first")]
    [InlineData("image.range", "[0, 1e40]", "[0, Infinity]", "two numbers, the smaller first")]
    [InlineData("image.background", "256", "256", "0 to 255")]
    [InlineData("image.background", "-1", "-1", "0 to 255")]
    [InlineData("image.content", "{\"width\": 33, \"height\": 28}", "33 x 28", "a box inside the image")]
    [InlineData("image.content", "{\"width\": 28, \"height\": 0}", "28 x 0", "a box inside the image")]
    [InlineData("classes", "[\"cat\"]", "cat", "two or more different names")]
    [InlineData("classes", "[\"cat\", \"dog\", \"cat\"]", "cat, dog, cat", "two or more different names")]
    [InlineData("classes", "[\"cat\", \"\"]", "cat, ", "two or more different names")]
    [InlineData("classes", "[\"cat\", null]", "cat, ", "two or more different names")]
    [InlineData("classifier.preprocessing.channels", "2", "2", "1 or 3")]
    [InlineData(
        "classifier.preprocessing.crop", "{\"left\": -1, \"top\": 2, \"width\": 28, \"height\": 28}", "28 x 28 from left -1, top 2",
        "a box inside the image")]
    [InlineData(
        "classifier.preprocessing.crop", "{\"left\": 5, \"top\": 2, \"width\": 28, \"height\": 28}", "28 x 28 from left 5, top 2",
        "a box inside the image")]
    [InlineData(
        "classifier.preprocessing.crop", "{\"left\": 2, \"top\": 2147483647, \"width\": 28, \"height\": 28}",
        "28 x 28 from left 2, top 2147483647", "a box inside the image")]
    [InlineData(
        "classifier.preprocessing.crop", "{\"left\": 2, \"top\": 2, \"width\": 28, \"height\": 0}", "28 x 0 from left 2, top 2",
        "a box inside the image")]
    [InlineData("classifier.preprocessing.resize", "{\"width\": 0, \"height\": 8}", "0 x 8", "sizes from 1 to 16384")]
    [InlineData("classifier.preprocessing.resize", "{\"width\": 8, \"height\": 16385}", "8 x 16385", "sizes from 1 to 16384")]
    [InlineData("classifier.preprocessing.range", "[1, 0]", "[1, 0]", "two numbers, the smaller first")]
    [InlineData("classifier.preprocessing.mean", "[]", "[]", "1 or 1 numbers")]
    [InlineData("classifier.preprocessing.mean", "[0.1, 0.2]", "[0.1, 0.2]", "1 or 1 numbers")]
    [InlineData("classifier.preprocessing.mean", "[1e40]", "[Infinity]", "1 or 1 numbers")]
    [InlineData("classifier.preprocessing.std", "[0]", "[0]", "1 or 1 positive numbers")]
    [InlineData("classifier.preprocessing.std", "[-0.3]", "[-0.3]", "1 or 1 positive numbers")]
    [InlineData("classifier.preprocessing.std", "[1e40]", "[Infinity]", "1 or 1 positive numbers")]
    [InlineData("classifier.preprocessing.std", "[0.1, 0.2, 0.3]", "[0.1, 0.2, 0.3]", "1 or 1 positive numbers")]
    [InlineData("search.threshold", "0", "0", "between 0 and 1")]
    [InlineData("search.threshold", "1", "1", "between 0 and 1")]
    [InlineData("search.maxSteps", "0", "0", "at least 1")]
    [InlineData("search.learningRate", "0", "0", "a positive number")]
    [InlineData("search.learningRate", "1e999", "Infinity", "a positive number")]
    [InlineData("search.priorWeight", "-0.1", "-0.1", "0 or a positive number")]
    [InlineData("descriptors.threshold", "1", "1", "between 0 and 1")]
    [InlineData("descriptors.standardDeviations", "{\"area\": 0}", "0", "a positive number")]
    public void A_value_out_of_its_range_is_refused(string key, string value, string found, string expected)
    {
        Problem problem = Refused.By<InputException>(() => Read(key, value));
        Assert.Equal(("manifest-value-out-of-range", found, expected), (problem.Code, problem.Found, problem.Expected));
        Assert.Contains($"'{key}", problem.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$schema", "null")]
    [InlineData("image.channels", "3")]
    [InlineData("image.background", "255")]
    [InlineData("image.content", "{\"width\": 32, \"height\": 1}")]
    [InlineData("classifier.preprocessing.crop", "{\"left\": 0, \"top\": 31, \"width\": 32, \"height\": 1}")]
    [InlineData("classifier.preprocessing.mean", "[-3]")]
    [InlineData("classifier.preprocessing.std", "[1e-6]")]
    [InlineData("classes", "[\"cat\", \"dog\"]")]
    [InlineData("search.threshold", "0.999")]
    [InlineData("search.priorWeight", "0")]
    [InlineData("search", "{}")]
    [InlineData("classifier", "null")]
    public void A_value_at_the_edge_is_accepted(string key, string value) => Assert.NotNull(Read(key, value));

    [Fact]
    public void Mean_and_deviation_go_by_the_channels_that_the_classifier_takes()
    {
        string colour = ManifestEdit.Of(s_digits, "classifier.preprocessing.channels", "3");
        string three = ManifestEdit.Of(colour, "classifier.preprocessing.mean", "[0.1, 0.2, 0.3]");
        Assert.Equal(3, ManifestReader.Read(Encoding.UTF8.GetBytes(three), Bundle.ManifestName).Classifier!.Preprocessing.Mean!.Count);
        string two = ManifestEdit.Of(colour, "classifier.preprocessing.mean", "[0.1, 0.2]");
        Assert.Equal(
            "1 or 3 numbers",
            Refused.By<InputException>(() => ManifestReader.Read(Encoding.UTF8.GetBytes(two), Bundle.ManifestName)).Expected);
    }
}
