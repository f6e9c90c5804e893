using Cfgen.Inference.Codes;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Tests;

/// <summary>Networks as exporters write them, against what automatic differentiation in double precision gives for them.</summary>
public sealed class FixtureGradientTests
{
    static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    [Theory]
    [InlineData("convnext")]
    [InlineData("densenet")]
    [InlineData("mobilenet_v2")]
    [InlineData("resnet")]
    [InlineData("resnet-dynamo")]
    [InlineData("squeezenet")]
    [InlineData("unet")]
    [InlineData("unet-dynamo")]
    [InlineData("vit")]
    [InlineData("vit-dynamo")]
    [InlineData("zoo")]
    public void A_classifiers_gradient_agrees_with_the_reference(string fixture)
    {
        Run run = new(fixture, "image");
        foreach (int batch in new[] { 2, 1 })
        {
            (float[] logits, float[] gradient) = run.Rows(batch);
            Assert.InRange(RelativeL2(run.Array("logits", batch), logits), 0, 1e-4);
            Assert.InRange(RelativeL2(run.Array("gradient", batch), gradient), 0, 1e-3);
        }
    }

    [Fact]
    public void A_generator_that_computes_its_own_weights_has_the_reference_gradient()
    {
        Run run = new("stylegan2-foreign", "ws");
        (float[] image, float[] gradient) = run.Rows(2);
        Assert.InRange(RelativeL2(run.Array("image", 2), image), 0, 1e-4);
        Assert.InRange(RelativeL2(run.Array("gradient", 2), gradient), 0, 1e-4);
    }

    [Fact]
    public void A_quantised_model_has_the_straight_through_gradient()
    {
        Run run = new("qdq", "image");
        (float[] logits, float[] gradient) = run.Rows(2);
        Assert.InRange(RelativeL2(run.Array("logits", 2), logits), 0, 1e-4);
        // One unit of the network stands at -3.0e-9 in double precision, 1.4e-7 of a quantum below the limit that stops its gradient;
        // single precision cannot place it, and it alone makes 2.2e-4. A direct evaluation in double precision agrees to 2.5e-8.
        Assert.InRange(RelativeL2(run.Array("ste_gradient", 2), gradient), 0, 3e-4);
        Assert.InRange(RelativeL2(run.Array("gradient", 2), gradient), 0, 0.05);
    }

    [Fact]
    public void A_decoder_of_flat_codes_has_the_reference_gradient()
    {
        Run run = new("vae", "z", "generator.onnx");
        (float[] image, float[] gradient) = run.Rows(8);
        Assert.InRange(RelativeL2(run.Array("image", 8), image), 0, 1e-4);
        Assert.InRange(RelativeL2(run.Array("gradient", 8), gradient), 0, 1e-4);
    }

    static double RelativeL2(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = 0, length = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference += ((double)expected[i] - actual[i]) * ((double)expected[i] - actual[i]);
            length += (double)expected[i] * expected[i];
        }
        return Math.Sqrt(difference / length);
    }

    /// <summary>A fixture's gradient file in a session.</summary>
    sealed class Run
    {
        readonly string _folder;
        readonly ModelProto _gradient;
        readonly string _input, _output, _referenceInput;

        public Run(string fixture, string input, string model = "model.onnx")
        {
            _folder = Path.Combine(s_folder, fixture);
            _referenceInput = input;
            string path = Path.Combine(_folder, model);
            ModelProto loaded = OnnxFile.Load(path);
            (_input, _output) = (loaded.Graph.Input[0].Name, loaded.Graph.Output[0].Name);
            _gradient = GradientFile.Build(loaded, path, new());
        }

        public float[] Array(string name, int rows)
        {
            (long[] shape, double[] values) = NpyFile.Read(Path.Combine(_folder, name + ".npy"));
            return [.. values.Take((int)(values.Length / shape[0] * rows)).Select(v => (float)v)];
        }

        public (float[] Output, float[] Gradient) Rows(int batch)
        {
            using ModelSession session = ModelSession.FromModel(_gradient, _folder, new());
            using OrtValue value = Value(_referenceInput, batch), cotangent = Value("cotangent", batch);
            Dictionary<string, OrtValue> feeds = new() { [_input] = value, [_output + "_cotangent"] = cotangent };
            using IDisposableReadOnlyCollection<OrtValue> results =
                session.Run(feeds, [_output, _input + "_gradient"], TestContext.Current.CancellationToken);
            return (results[0].GetTensorDataAsSpan<float>().ToArray(), results[1].GetTensorDataAsSpan<float>().ToArray());
        }

        OrtValue Value(string name, int batch)
        {
            (long[] shape, _) = NpyFile.Read(Path.Combine(_folder, name + ".npy"));
            return OrtValue.CreateTensorValueFromMemory(Array(name, batch), [batch, .. shape[1..]]);
        }
    }
}
