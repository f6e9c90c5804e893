using Cfgen.Inference.Generators;

namespace Cfgen.Inference.Tests;

public sealed class SynthesisNetworkTests
{
    [Fact]
    public void One_code_is_taken_for_every_layer()
    {
        using TinyBundle bundle = new();
        using SynthesisNetwork synthesis = SynthesisNetwork.Open(bundle.Open(), new());
        Assert.Equal((TinyModels.NumWs, TinyModels.WDim), (synthesis.NumWs, synthesis.WDim));
        float[] w = TinyModels.Numbers(1, TinyModels.WDim);
        Assert.Equal(Make(synthesis, [.. w, .. w]), Make(synthesis, w));
    }

    [Fact]
    public void A_code_of_another_length_is_refused()
    {
        using TinyBundle bundle = new();
        using SynthesisNetwork synthesis = SynthesisNetwork.Open(bundle.Open(), new());
        Assert.Equal("model-contract", Refused.By<ModelContractException>(() => Make(synthesis, new float[TinyModels.WDim + 1])).Code);
    }

    [Fact]
    public void Values_that_are_not_numbers_are_no_picture()
    {
        using TinyBundle bundle = new(generator: TinyModels.Make(
            [new("ws", [-1, TinyModels.NumWs, TinyModels.WDim])],
            new("picture", [-1, TinyModels.Channels, TinyModels.Height, TinyModels.Width]),
            ops => ops.Log(ops.Neg(ops.Abs(TinyModels.Affine(
                ops, "ws", TinyModels.NumWs * TinyModels.WDim, 1, -1, TinyModels.Channels, TinyModels.Height, TinyModels.Width))))));
        using SynthesisNetwork synthesis = SynthesisNetwork.Open(bundle.Open(), new());
        ModelContractException refused =
            Assert.Throws<ModelContractException>(() => Make(synthesis, new float[TinyModels.NumWs * TinyModels.WDim]));
        Assert.Equal("generator-not-finite", refused.Problem.Code);
    }

    static float[] Make(SynthesisNetwork synthesis, float[] ws) => synthesis.Synthesize(ws, TestContext.Current.CancellationToken);
}
