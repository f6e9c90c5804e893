using Cfgen.StyleGan.Tests.Generators;

namespace Cfgen.StyleGan.Tests.StyleGan2;

public sealed class SynthesisGradientTests
{
    // So small that hardly an activation passes the rectifier's or the bound's bend within it; with 1e-6 one of some ten thousand does.
    const double Step = 1e-7;

    [Theory]
    [InlineData("skip")]
    [InlineData("resnet")]
    [InlineData("orig")]
    public void The_gradient_of_the_codes_is_what_differences_of_the_definition_say(string architecture)
    {
        SynthesisPlan plan = new(32, 3, architecture);
        DrawnModule synthesis = plan.Draw();
        SynthesisDefinition definition = new(synthesis, noise: true);
        double[][] codes = [.. plan.DrawCodes(seed: 2).Select(w => w.Select(v => (double)(float)v).ToArray())];
        Random random = new(3);
        float[] cotangent = [.. Enumerable.Range(0, 3 * 32 * 32).Select(_ => (float)random.NextDouble() - 0.5f)];
        float[] gradient = Running.Gradient(Synthesis.Import(synthesis), Synthesis.Batch(codes), new([1, 3, 32, 32], cotangent)).Values;

        for (int direction = 0; direction < 4; direction++)
        {
            double[][] d = plan.DrawCodes(seed: 10 + direction);
            double expected = (Score(Moved(codes, d, Step)) - Score(Moved(codes, d, -Step))) / (2 * Step);
            double[] products = [.. d.SelectMany(w => w).Zip(gradient, (a, b) => a * b)];
            Assert.InRange(Math.Abs(products.Sum() - expected), 0, 1e-5 * products.Sum(Math.Abs));
        }

        double Score(double[][] ws)
        {
            double sum = 0;
            ReadOnlySpan<double> image = definition.Image(ws).Values;
            for (int i = 0; i < image.Length; i++) sum += image[i] * cotangent[i];
            return sum;
        }
    }

    static double[][] Moved(double[][] codes, double[][] direction, double step) =>
        [.. codes.Zip(direction, (w, d) => w.Zip(d, (a, b) => a + step * b).ToArray())];
}
