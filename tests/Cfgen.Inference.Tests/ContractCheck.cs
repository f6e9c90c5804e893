using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Tests;

/// <summary>Builds the graphs of a bundle that does not fit together.</summary>
static class ContractCheck
{
    /// <summary>The problem, which has to be that of <paramref name="file"/>.</summary>
    public static Problem Of(TinyBundle tiny, string file)
    {
        using (tiny)
        {
            Problem problem = Refused.By<ModelContractException>(() => tiny.Build());
            Assert.Equal(tiny[file], problem.Where);
            return problem;
        }
    }

    /// <summary>What changes the picture of a manifest.</summary>
    public static Func<ModelManifest, ModelManifest> Picture(int channels, int height, int width) =>
        m => m with { Image = m.Image with { Channels = channels, Height = height, Width = width } };
}
