using System.Text;
using Cfgen.Counterfactuals;
using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Tests;

public sealed class ManifestReaderTests
{
    const string Path = "somewhere/model.json";

    static readonly string s_digits = File.ReadAllText(System.IO.Path.Combine(Digits.Folder, Bundle.ManifestName));

    static ModelManifest Read(string json) => ManifestReader.Read(Encoding.UTF8.GetBytes(json), Path);

    static Problem RefusedBy(string json) => Refused.By<InputException>(() => Read(json));

    /// <summary>A small manifest with something on line 3, from column 20 on.</summary>
    static string OnLineThree(string width, string more = "") => $$"""
        {
        "name": "tiny",
        "image": {"width": {{width}}, "height": 4, "channels": 1{{more}} },
        "generator": {"synthesis": {"file": "generator.onnx"} }
        }
        """;

    [Fact]
    public void The_bundled_manifest_says_what_it_holds()
    {
        ModelManifest m = Read(s_digits);
        Assert.Equal((ModelManifest.SchemaId, "digits"), (m.Schema, m.Name));
        Assert.Equal((32, 32, 1, ImageFitting.Pad), (m.Image.Width, m.Image.Height, m.Image.Channels, m.Image.Fit));
        Assert.Equal(new PixelSize { Width = 28, Height = 28 }, m.Image.Content);
        Assert.Equal("generator.onnx", m.Generator.Synthesis.File);
        Assert.Equal("w_covariance.npy", m.Generator.Latent?.Covariance.File);
        Assert.Equal(ClassifierOutput.Logits, m.Classifier?.Kind);
        Assert.Equal([0.1307f], m.Classifier?.Preprocessing.Mean);
        Assert.Equal("seven", m.Classes?[7]);
        Assert.Equal(LatentSpace.W, m.Search?.Space);
    }

    [Fact]
    public void What_is_not_given_has_its_default()
    {
        ModelManifest m = Read(OnLineThree("5"));
        Assert.Equal([-1, 1], m.Image.Range);
        Assert.Equal(ImageFitting.Refuse, m.Image.Fit);
        Assert.Null(m.Encoder);
        ClassifierSpec c = Read(OnLineThree("5", "}, \"classifier\": {\"file\": \"c.onnx\"")).Classifier!;
        Assert.Equal(ClassifierOutput.Auto, c.Kind);
        Assert.Equal([0, 1], c.Preprocessing.Range);
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm() => Assert.Equal("tiny", Read("\uFEFF" + OnLineThree("5")).Name);

    [Theory]
    [InlineData("{\n  \"name\": \"tiny\",\n  \"image\" 4\n}", "line 3, column 11")]
    [InlineData("{\n  \"name\": \"tiny\",\n}", "line 3, column 1")]
    [InlineData("{\n  // for people\n  \"name\": \"tiny\"\n}", "line 2, column 3")]
    [InlineData("{ \"name\": \"tiny\"", "line 1")]
    [InlineData("", "line 1, column 1")]
    [InlineData("{} {}", "line 1, column 4")]
    public void What_is_not_JSON_is_told_with_line_and_column(string json, string where)
    {
        Problem problem = RefusedBy(json);
        Assert.Equal("manifest-not-json", problem.Code);
        Assert.StartsWith(Path, problem.Where, StringComparison.Ordinal);
        Assert.Contains(where, problem.Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"model\"")]
    [InlineData("4")]
    public void Something_else_than_an_object_is_refused(string json)
    {
        Problem problem = RefusedBy(json);
        Assert.Equal("manifest-value-wrong", problem.Code);
        Assert.DoesNotContain("Cfgen.", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clasifier", "'clasifier'", "'classifier'")]
    [InlineData("Name", "'Name'", "'name'")]
    [InlineData("image.widht", "'image.widht'", "'width'")]
    [InlineData("image.content.hight", "'image.content.hight'", "'height'")]
    [InlineData("generator.synthesis.fille", "'generator.synthesis.fille'", "'file'")]
    [InlineData("generator.latent.mean.sha265", "'generator.latent.mean.sha265'", "'sha256'")]
    [InlineData("encoder.kind", "'encoder.kind'", null)]
    [InlineData("classifier.preprocessing.crop.lefft", "'classifier.preprocessing.crop.lefft'", "'left'")]
    [InlineData("descriptors.treshold", "'descriptors.treshold'", "'threshold'")]
    [InlineData("search.maxStep", "'search.maxStep'", "'maxSteps'")]
    [InlineData("colourOfTheMoon", "'colourOfTheMoon'", null)]
    public void An_unknown_key_is_told_with_the_nearest_known_one(string key, string found, string? meant)
    {
        Problem problem = RefusedBy(With(key, "1"));
        Assert.Equal(("manifest-key-unknown", found), (problem.Code, problem.Found));
        if (meant is null) Assert.Equal("remove the key", problem.Fix);
        else Assert.Contains(meant, problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_stands_twice_is_refused()
    {
        Problem problem = RefusedBy(OnLineThree("5", ", \"width\": 6"));
        Assert.Equal(("manifest-key-twice", "'image.width' twice"), (problem.Code, problem.Found));
    }

    [Theory]
    [InlineData("name", "'name'")]
    [InlineData("image.height", "'image.height'")]
    [InlineData("generator.synthesis", "'generator.synthesis'")]
    [InlineData("generator.synthesis.file", "'generator.synthesis.file'")]
    [InlineData("generator.latent.covariance", "'generator.latent.covariance'")]
    [InlineData("classifier.file", "'classifier.file'")]
    [InlineData("classifier.preprocessing.crop.left", "'classifier.preprocessing.crop.left'")]
    public void A_missing_key_is_named(string key, string named)
    {
        Problem problem = RefusedBy(With(key, null));
        Assert.Equal("manifest-key-missing", problem.Code);
        Assert.Contains(named, problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void One_number_stands_for_all_channels()
    {
        PreprocessingSpec p = Read(With("classifier.preprocessing.std", "0.5")).Classifier!.Preprocessing;
        Assert.Equal([0.5f], p.Std);
        Assert.Equal([0.25f], Read(With("classifier.preprocessing.mean", "0.25")).Classifier!.Preprocessing.Mean);
    }

    [Theory]
    [InlineData("\"wide\"", "\"wide\"")]
    [InlineData("4.5", "4.5")]
    [InlineData("1e99", "1e99")]
    [InlineData("null", "null")]
    [InlineData("true", "true")]
    [InlineData("[4]", "a list")]
    [InlineData("{}", "an object")]
    public void A_value_of_the_wrong_kind_is_told_with_line_column_and_key(string width, string found)
    {
        Problem problem = RefusedBy(OnLineThree(width));
        Assert.Equal("manifest-value-wrong", problem.Code);
        Assert.Contains("'image.width'", problem.What, StringComparison.Ordinal);
        Assert.Equal($"{Path}, line 3, column 20", problem.Where);
        Assert.Equal((found, "a whole number"), (problem.Found, problem.Expected));
    }

    [Theory]
    [InlineData("name", "4", "a text")]
    [InlineData("image.range", "\"0 to 1\"", "a list of numbers")]
    [InlineData("image.range", "[0, \"one\"]", "a number")]
    [InlineData("classes", "[\"cat\", 4]", "a text")]
    [InlineData("search.threshold", "\"high\"", "a number")]
    [InlineData("classifier.preprocessing.std", "\"half\"", "a number, or a list of numbers")]
    [InlineData("classifier.preprocessing.std", "[0.5, \"half\"]", "a number, or a list of numbers")]
    [InlineData("descriptors.standardDeviations", "[1]", "an object of numbers")]
    [InlineData("descriptors.standardDeviations", "{\"area.of.it\": \"large\"}", "a number")]
    [InlineData("classifier.preprocessing", "null", "an object with the keys crop, resize, cut, channels, order, range, mean, std")]
    [InlineData("classifier.preprocessing.crop", "[2, 2, 28, 28]", "an object with the keys left, top, width, height")]
    public void The_kind_that_was_expected_is_told(string key, string value, string expected)
    {
        Problem problem = RefusedBy(With(key, value));
        Assert.Equal(("manifest-value-wrong", expected), (problem.Code, problem.Expected));
    }

    [Theory]
    [InlineData("image.fit", "\"stretch\"", "one of refuse, pad, crop, resize")]
    [InlineData("image.fit", "2", "one of refuse, pad, crop, resize")]
    [InlineData("classifier.kind", "\"softmax\"", "one of auto, logits, probabilities, sigmoid, logit, labels")]
    [InlineData("classifier.preprocessing.order", "\"gbr\"", "one of rgb, bgr")]
    [InlineData("descriptors.foreground", "\"white\"", "one of bright, dark")]
    [InlineData("search.objective", "\"logprob\"", "one of log-probability, probability, margin")]
    [InlineData("search.space", "\"z\"", "one of w, w+")]
    [InlineData("search.space", "0", "one of w, w+")]
    public void A_word_that_is_none_of_those_allowed_is_told_with_them(string key, string value, string expected)
    {
        Problem problem = RefusedBy(With(key, value));
        Assert.Equal(("manifest-value-wrong", value, expected), (problem.Code, problem.Found, problem.Expected));
        Assert.Contains($"'{key}'", problem.What, StringComparison.Ordinal);
    }

    /// <summary>The bundled manifest with one key changed, or taken out.</summary>
    static string With(string key, string? value) => ManifestEdit.Of(s_digits, key, value);
}
