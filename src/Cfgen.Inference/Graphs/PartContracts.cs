using System.Globalization;
using Cfgen.Autodiff;
using Cfgen.Inference.Bundles;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>What each part has to take and to give.</summary>
static class PartContracts
{
    /// <summary>Number and length of the generator's codes, and the batch where the model fixes one.</summary>
    public static (int NumWs, int WDim, long? Batch) LatentShape(ModelPart generator) => generator.Input.Shape switch
    {
        [null or 1, long numWs, long wDim] when numWs > 0 && wDim > 0 => ((int)numWs, (int)wDim, generator.Input.Shape[0]),
        [null or 1, long wDim] when wDim > 0 => (1, (int)wDim, generator.Input.Shape[0]),
        _ => throw generator.Mismatch(generator.Input, "latent codes [N, num_ws, w_dim] or [N, w_dim] with known num_ws and w_dim",
            "export the generator with only the batch free"),
    };

    /// <summary>The generator's picture, as declared, against the bundle's.</summary>
    public static void CheckGeneratorOutput(ModelPart generator, ImageSpec image)
    {
        if (!generator.Output.CanBe(null, image.Channels, image.Height, image.Width)) throw WrongImage(generator, generator.Output.Shape,
            image);
    }

    /// <summary>The generator's picture, as the runtime infers it, against the bundle's. Null where it infers nothing.</summary>
    public static void CheckImage(ModelPart generator, TensorType? found, ImageSpec image)
    {
        if (found is null) throw WrongImage(generator, generator.Output.Shape, image);
        Dimension[] expected = [found.Shape.Count > 0 ? found.Shape[0] : 1, image.Channels, image.Height, image.Width];
        if (!found.Shape.SequenceEqual(expected)) throw WrongImage(generator, Lengths(found), image);
    }

    /// <summary>The classifier's logits, as the runtime infers them. Null where it infers nothing.</summary>
    public static void CheckLogits(ModelPart classifier, TensorType? found, int classes)
    {
        if (found?.Shape is [_, { IsFixed: true } columns] && columns.Fixed == classes) return;
        throw classifier.Mismatch(found is null ? classifier.Output : classifier.Output with
        {
            Shape = Lengths(found),
        }, string.Create(CultureInfo.InvariantCulture, $"one row of {classes} scores a picture, known before the model runs"),
            "export the classifier with only the batch free");
    }

    /// <summary>The classifier's input against what preprocessing makes; its channels may stand before or behind height and
    /// width.</summary>
    public static void CheckClassifierInput(ModelPart classifier, ImageSpec image, PreprocessingSpec preprocessing)
    {
        (int channels, int height, int width) = PreprocessingGraph.OutputShape(image, preprocessing);
        bool last = classifier.Input.Picture is { ChannelsLast: true };
        long[] made = last ? [height, width, channels] : [channels, height, width];
        if (classifier.Input.CanBe(1, made[0], made[1], made[2])) return;
        string what = classifier.Input.Picture is { Channels: { } c } && c != channels ? "channels" : "size";
        string fix = classifier.Input.CanBe(null, made[0], made[1], made[2]) ? "export the classifier with a free batch, or one of 1"
            : $"set the {what} in 'classifier.preprocessing' of model.json to what the classifier takes";
        string expected = string.Join(", ", made.Select(length => length.ToString(CultureInfo.InvariantCulture)));
        throw classifier.Mismatch(classifier.Input, $"[N, {expected}]: what preprocessing makes of the generator's picture", fix);
    }

    /// <summary>Columns of the classifier's output; axes of length 1 do not count.</summary>
    public static int ClassifierColumns(ModelPart classifier, ClassifierOutput kind)
    {
        const string fix = "say in 'classifier.kind' of model.json what the output holds, or export the model up to its logits";
        ModelPort flat = classifier.Output.WithoutOnes();
        if (kind is ClassifierOutput.Sigmoid or ClassifierOutput.Logit)
            return flat.CanBe([null]) || flat.CanBe(null, 1)
                ? 1 : throw classifier.Mismatch(classifier.Output, "one value a picture, [N] or [N, 1]", fix);
        return flat.Shape is [_, long columns] && columns >= 2
            ? (int)columns : throw classifier.Mismatch(classifier.Output, "one value a class, [N, K] with K of at least 2", fix);
    }

    /// <summary>Whether the encoder gives a code for each layer; the error where it gives neither that nor one code.</summary>
    public static bool EncodesEveryLayer(ModelPart encoder, ImageSpec image, int numWs, int wDim)
    {
        if (!encoder.Input.CanBe(1, image.Channels, image.Height, image.Width))
            throw encoder.Mismatch(encoder.Input,
                string.Create(CultureInfo.InvariantCulture, $"images [N, {image.Channels}, {image.Height}, {image.Width}]"),
                "give the encoder that belongs to this generator");
        if (encoder.Output.Shape is { Count: 2 } && encoder.Output.CanBe(null, wDim)) return false;
        if (encoder.Output.Shape is { Count: 3 } && encoder.Output.CanBe(null, numWs, wDim)) return true;
        throw encoder.Mismatch(encoder.Output, string.Create(CultureInfo.InvariantCulture, $"codes [N, {wDim}] or [N, {numWs}, {wDim}]"),
            "give the encoder that belongs to this generator");
    }

    /// <summary>The opset against those that can be composed and differentiated. A model without standard operators has none.</summary>
    public static void CheckOpset(ModelPart part)
    {
        int opset = part.Model.StandardOpset();
        if (opset == 0 || opset >= OpsetRaiser.Oldest && opset <= GradientGraph.NewestOpset) return;
        throw new ModelContractException(new("opset-unsupported",
            $"the {part.Role} uses ONNX operators that are too {(opset < OpsetRaiser.Oldest ? "old" : "new")}")
        {
            Where = part.Path,
            Found = $"opset {opset}",
            Expected = $"opset {OpsetRaiser.Oldest} to {GradientGraph.NewestOpset}",
            Fix = $"export it with an opset of at least {OpsetRaiser.Oldest} and at most {GradientGraph.NewestOpset}",
        });
    }

    static ModelContractException WrongImage(ModelPart generator, IReadOnlyList<long?>? found, ImageSpec image) => generator.Mismatch(
        generator.Output with { Shape = found },
        string.Create(CultureInfo.InvariantCulture, $"images [N, {image.Channels}, {image.Height}, {image.Width}], as model.json says"),
        "correct 'image' in model.json, or give the generator that it describes");

    static long?[] Lengths(TensorType type) => [.. type.Shape.Select(d => d.IsFixed ? d.Fixed : (long?)null)];
}
