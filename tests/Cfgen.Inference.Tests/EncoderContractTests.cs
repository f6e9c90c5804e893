using Cfgen.Inference.Objectives;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

public sealed class EncoderContractTests
{
    static Problem RefusedBy(ModelProto encoder) => ContractCheck.Of(new(encoder: encoder), "encoder.onnx");

    [Theory]
    [InlineData(3, 4, 5, "photo: float32 [N, 3, 4, 5]")]
    [InlineData(1, 5, 4, "photo: float32 [N, 1, 5, 4]")]
    public void Pictures_of_another_size(int channels, int height, int width, string found)
    {
        Problem problem = RefusedBy(TinyModels.Encoder(channels: channels, height: height, width: width));
        Assert.Equal((found, "images [N, 1, 4, 5]"), (problem.Found, problem.Expected));
    }

    [Theory]
    [InlineData(0, 4, "code: float32 [N, 4]")]
    [InlineData(3, 3, "code: float32 [N, 3, 3]")]
    [InlineData(2, 4, "code: float32 [N, 2, 4]")]
    public void Codes_of_another_size(int numWs, int wDim, string found)
    {
        Problem problem = RefusedBy(TinyModels.Encoder(numWs, wDim));
        Assert.Equal((found, "codes [N, 3] or [N, 2, 3]"), (problem.Found, problem.Expected));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void One_code_is_repeated_and_a_code_for_each_layer_is_taken_as_it_is(int numWs)
    {
        using TinyBundle tiny = new(encoder: TinyModels.Encoder(numWs));
        using Pipeline pipeline = Pipeline.Open(tiny.Open(), new(), _ => { });
        float[] picture = TinyModels.Numbers(3, 20);
        float[] ws = pipeline.Encoder!.Encode(picture, TestContext.Current.CancellationToken);
        Assert.Equal(6, ws.Length);
        Assert.Equal(numWs == 0, ws.AsSpan(0, 3).SequenceEqual(ws.AsSpan(3)));

        int length = numWs == 0 ? 3 : 6;
        double[] weights = TinyModels.Weights(TinyModels.EncoderSeed, 20 * length),
            bias = TinyModels.Weights(TinyModels.EncoderSeed + 1, length);
        for (int k = 0; k < length; k++)
            Assert.Equal(bias[k] + Enumerable.Range(0, 20).Sum(i => picture[i] * weights[i * length + k]), ws[k], 1e-5);
    }

    [Fact]
    public void A_bundle_without_encoder_has_none()
    {
        using TinyBundle tiny = new();
        using Pipeline pipeline = Pipeline.Open(tiny.Open(), new(), _ => { });
        Assert.Null(pipeline.Encoder);
    }
}
