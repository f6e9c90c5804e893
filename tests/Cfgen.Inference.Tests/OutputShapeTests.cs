using Cfgen.Inference.Bundles;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

/// <summary>Lengths of outputs that a model file leaves open and that follow from its nodes.</summary>
public sealed class OutputShapeTests
{
    [Fact]
    public void A_decoder_of_transposed_convolutions_exported_with_a_free_batch_says_neither_height_nor_width()
    {
        using TemporaryFolder folder = new();
        OnnxFile.Save(Decoder(computed: false), folder["decoder.onnx"]);
        ImageSpec image = Bundle.FromModels(new() { Generator = folder["decoder.onnx"] }).Manifest.Image;
        Assert.Equal((8, 6, 3), (image.Width, image.Height, image.Channels));
    }

    [Fact]
    public void A_shape_that_the_model_computes_is_found_too()
    {
        using TemporaryFolder folder = new();
        OnnxFile.Save(Decoder(computed: true), folder["decoder.onnx"]);
        ImageSpec image = Bundle.FromModels(new() { Generator = folder["decoder.onnx"] }).Manifest.Image;
        Assert.Equal((8, 6, 3), (image.Width, image.Height, image.Channels));
    }

    [Fact]
    public void Classes_that_are_not_declared_are_counted()
    {
        ModelProto model = TinyModels.Classifier();
        model.Graph.Output[0] = new TinyPort("scores", [-1, -1]).Declare();
        using TinyBundle tiny = new(classifier: model);
        Assert.Equal(4, tiny.Build().Facts.Classes);
    }

    /// <summary>z [N, 5] to pictures of 6 x 8 whose size is not declared; with a shape computed at run time where asked for.</summary>
    static ModelProto Decoder(bool computed) => TinyModels.Make([new("z", [-1, 5])], new("image", [-1, 3, -1, -1]), ops =>
    {
        string small = TinyModels.Affine(ops, "z", 5, TinyModels.GeneratorSeed, -1, 2, 3, 4);
        string image = ops.Tanh(ops.ConvTranspose(small, ops.Real(TinyModels.Weights(7, 2 * 3 * 2 * 2), 2, 3, 2, 2), [2, 2], [0, 0, 0, 0],
            [1, 1], [0, 0], 1));
        if (!computed) return image;
        string batch = ops.Slice(ops.Shape("z"), [0], [1], [0]), size = ops.Mul(ops.Slice(ops.Shape(small), [2], [4], [0]), ops.Longs(2));
        return ops.Reshape(image, ops.Concat([batch, ops.Longs(3), size], 0));
    });
}
