using Cfgen.Autodiff.Tests.Families;
using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Tests;

/// <summary>
/// Whole classifiers of families that are in use, small, in the forms that exporters write, with a batch that is free or fixed.
/// </summary>
public sealed class FamilyTests
{
    static readonly Dictionary<string, Func<int, long?, ModelProto>> s_families = new()
    {
        ["EfficientNet"] = EfficientNetNetwork.Of,
        ["EfficientNet of Keras"] = KerasEfficientNetNetwork.Of,
        ["GhostNet"] = GhostNetNetwork.Of,
        ["InceptionNeXt"] = InceptionNextNetwork.Of,
        ["MLP-Mixer"] = MixerNetwork.Of,
        ["MobileNetV3"] = MobileNetV3Network.Of,
        ["ShuffleNet"] = ShuffleNetNetwork.First,
        ["ShuffleNet v2"] = ShuffleNetNetwork.Second,
        ["Swin"] = (opset, batch) => SwinNetwork.Of(opset, batch, cosine: false),
        ["Swin v2"] = (opset, batch) => SwinNetwork.Of(opset, batch, cosine: true),
        ["XCiT"] = XcitNetwork.Of,
    };

    /// <summary>
    /// One opset for each form: shapes and axes as attributes, as inputs, layer normalisation as an operator, functions of the model's own,
    /// and GELU as an operator.
    /// </summary>
    static readonly int[] s_opsets = [12, 14, 17, 18, 20];

    /// <summary>Family and opset.</summary>
    public static TheoryData<string, int> Free() => [.. from family in s_families.Keys from opset in s_opsets select (family, opset)];

    /// <summary>Family, opset and the length of the batch.</summary>
    public static TheoryData<string, int, long> Fixed() =>
        [.. from family in s_families.Keys from opset in new[] { 14, 20 } from batch in new long[] { 1, 2 } select (family, opset, batch)];

    [Theory]
    [MemberData(nameof(Free))]
    public void A_classifier_of_a_free_batch_has_its_gradient_at_one_image_and_at_two(string family, int opset)
    {
        using FamilyRun run = new(s_families[family](opset, null));
        AssertGradient(run, 1, opset);
        AssertGradient(run, 2, opset);
    }

    [Theory]
    [MemberData(nameof(Fixed))]
    public void A_classifier_of_a_fixed_batch_has_its_gradient(string family, int opset, long batch)
    {
        using FamilyRun run = new(s_families[family](opset, batch));
        AssertGradient(run, batch, opset);
    }

    /// <summary>
    /// The gradient file gives the model's logits, a gradient that agrees with differences of the model along a random direction, and each
    /// image's own.
    /// </summary>
    static void AssertGradient(FamilyRun run, long count, int seed)
    {
        Tensor images = run.Images(count);
        AssertClose(run.Model(images), run.Logits(images));
        Assert.InRange(run.ErrorAlong(images, new((int)count + seed)), 0, FamilyRun.Tolerance);
        if (count > 1) AssertFirstIsAlone(run, images);
    }

    /// <summary>The gradient of the first image stays as it is when the others change.</summary>
    static void AssertFirstIsAlone(FamilyRun run, Tensor images)
    {
        int row = images.Values.Length / (int)images.Shape[0];
        Tensor changed = images with { Values = [.. images.Values.Select((v, i) => i < row ? v : 1.5 - 2 * v)] };
        double[] gradient = run.Gradient(images), beside = run.Gradient(changed);
        AssertClose(gradient[..row], beside[..row]);
        Assert.NotEqual(gradient[row..], beside[row..]);
    }

    /// <summary>Equal but for the rounding of float32, which another kernel does in another order.</summary>
    static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max(), 0, 1e-5 * expected.Max(Math.Abs));
    }
}
