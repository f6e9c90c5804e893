using Cfgen.Inference.Codes;
using Cfgen.StyleGan.Generators;
using Cfgen.StyleGan.Torch;

namespace Cfgen.StyleGan.Tests.Generators;

/// <summary>A network file with what a reference implementation computed from it.</summary>
sealed record GeneratorFixture(string Name)
{
    public ImportedGenerator Import(ImportSettings? settings = null) =>
        GeneratorImport.Import(NetworkPickle.Open(PathOf("network.pkl")), GeneratorImport.DefaultNetwork, settings ?? new());

    public Numbers Read(string array)
    {
        (long[] shape, double[] values) = NpyFile.Read(PathOf($"{array}.npy"));
        return new(shape, Array.ConvertAll(values, x => (float)x));
    }

    string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Fixtures", Name, file);
}
