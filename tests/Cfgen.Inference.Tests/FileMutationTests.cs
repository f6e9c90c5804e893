using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Codes;

namespace Cfgen.Inference.Tests;

/// <summary>Arrays and manifests that were sound before something in them was changed.</summary>
public sealed class FileMutationTests : IDisposable
{
    static readonly string[] s_texts = ["", "\u001b]0;x\u0007", "a\nerror: forged", "\u202egnp", "../../etc/passwd", "/dev/zero",
        "classifier.onnx\0", "{}", new('n', 100_000)];

    readonly TinyBundle _tiny = new();

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void A_changed_array_is_an_array_or_a_problem()
    {
        NpyFile.Write(_tiny["sound.npy"], [3, 4], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        byte[] sound = File.ReadAllBytes(_tiny["sound.npy"]);
        Mutations.Run(TestContext.Current.TestOutputHelper!.WriteLine, random =>
        {
            byte[] bytes = random.Next(2) == 0
                ? random.Mutate(sound)
                : Encoding.Latin1.GetBytes(Header(random, Encoding.Latin1.GetString(sound)));
            (long[] shape, double[] values) = NpyFile.Read(_tiny.File("array.npy", bytes));
            Assert.Equal(shape.Aggregate(1L, (product, length) => product * length), values.Length);
            Assert.All(values, value => Assert.True(double.IsFinite(value)));
        });
    }

    static string Header(Random random, string file) => random.Next(5) switch
    {
        0 =>
            file.Replace("3, 4", string.Create(CultureInfo.InvariantCulture, $"{random.Extreme()}, {random.Extreme()}"),
                StringComparison.Ordinal),
        1 => file.Replace("<f8", new[] { "<f4", ">f8", "|O", "<U\x1b[2J", "<f16" }[random.Next(5)], StringComparison.Ordinal),
        2 => file.Replace("False", new[] { "True", "None", "\x1b[2J" }[random.Next(3)], StringComparison.Ordinal),
        3 => file.Replace("3, 4", string.Join(", ", Enumerable.Repeat("1", random.Next(1, 2000))), StringComparison.Ordinal),
        _ => file[..random.Next(file.Length)],
    };

    [Fact]
    public void A_changed_manifest_is_a_bundle_or_a_problem()
    {
        string sound = File.ReadAllText(Path.Combine(Digits.Folder, Bundle.ManifestName));
        foreach (string name in new[] { "generator.onnx", "mapping.onnx", "encoder.onnx", "classifier.onnx", "w_mean.npy",
            "w_covariance.npy" })
            File.Copy(Path.Combine(Digits.Folder, name), _tiny[name], overwrite: true);
        Mutations.Run(TestContext.Current.TestOutputHelper!.WriteLine, random =>
        {
            byte[] bytes = random.Next(3) == 0
                ? random.Mutate(Encoding.UTF8.GetBytes(sound))
                : Encoding.UTF8.GetBytes(Changed(random, JsonNode.Parse(sound)!));
            Bundle bundle = Bundle.Open(Path.GetDirectoryName(_tiny.File(Bundle.ManifestName, bytes))!, new());
            LatentStatistics.Load(bundle);
        });
    }

    /// <summary>The manifest with one to three of its values replaced, removed, doubled or renamed.</summary>
    static string Changed(Random random, JsonNode root)
    {
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            JsonNode[] places = [.. Below(root).Where(node => node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })];
            switch (places[random.Next(places.Length)])
            {
                case JsonObject o:
                    string key = o.ElementAt(random.Next(o.Count)).Key;
                    JsonNode? value = o[key]?.DeepClone();
                    if (random.Next(4) == 0) o.Remove(key);
                    else if (random.Next(4) == 0) o[s_texts[random.Next(s_texts.Length)]] = value;
                    else o[key] = Value(random, value);
                    break;
                case JsonArray a:
                    a[random.Next(a.Count)] = Value(random, null);
                    if (random.Next(3) == 0) a.Add(Value(random, null));
                    break;
            }
        }
        return root.ToJsonString();
    }

    static JsonNode? Value(Random random, JsonNode? old) => random.Next(8) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Extreme()),
        2 => JsonValue.Create(random.NextDouble() * Math.Pow(10, random.Next(-300, 300))),
        3 => JsonValue.Create(s_texts[random.Next(s_texts.Length)]),
        4 => new JsonArray(),
        5 => new JsonObject { ["file"] = s_texts[random.Next(s_texts.Length)] },
        6 => JsonValue.Create(random.Next(2) == 0),
        _ => new JsonArray(old, JsonValue.Create(random.Extreme())),
    };

    static IEnumerable<JsonNode> Below(JsonNode node) => node switch
    {
        JsonObject o => o.Select(p => p.Value).OfType<JsonNode>().SelectMany(Below).Prepend(o),
        JsonArray a => a.OfType<JsonNode>().SelectMany(Below).Prepend(a),
        _ => [node],
    };
}
