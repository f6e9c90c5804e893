using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Tests;

/// <summary>Networks of a few weights. They are affine, so that what they give and its gradient are known in closed form.</summary>
static class TinyModels
{
    public const int NumWs = 2, WDim = 3, Classes = 4, Channels = 1, Height = 4, Width = 5, Opset = 20;

    /// <summary>Seeds of the weights; the biases' are one higher.</summary>
    public const int GeneratorSeed = 10, ClassifierSeed = 20, EncoderSeed = 30;

    /// <summary>ws [N, numWs, wDim], or [N, wDim] where <paramref name="numWs"/> is 0, to a picture.</summary>
    public static ModelProto Generator(
        int numWs = NumWs, int wDim = WDim, int channels = Channels, int height = Height, int width = Width, int opset = Opset,
        long batch = -1)
    {
        long[] latent = numWs == 0 ? [batch, wDim] : [batch, numWs, wDim];
        return Make([new("ws", latent)], new("picture", [batch, channels, height, width]),
            ops => Affine(ops, "ws", Math.Max(numWs, 1) * wDim, GeneratorSeed, batch, channels, height, width), opset);
    }

    /// <summary>A picture to logits [N, classes], which <paramref name="end"/> turns into something else.</summary>
    public static ModelProto Classifier(
        int classes = Classes, int channels = Channels, int height = Height, int width = Width, int opset = Opset, long batch = -1,
        Func<GraphWriter, string, string>? end = null) =>
        Make([new("pixels", [batch, channels, height, width])], new("scores", [batch, classes]), ops =>
        {
            string logits = Affine(ops, "pixels", channels * height * width, ClassifierSeed, batch, classes);
            return end is null ? logits : end(ops, logits);
        }, opset);

    /// <summary>A picture to one value for two classes, [N, 1] or [N].</summary>
    public static ModelProto TwoClasses(int rank, Func<GraphWriter, string, string>? end = null) =>
        Make([new("pixels", [-1, Channels, Height, Width])], new("scores", rank == 1 ? [-1] : [-1, 1]), ops =>
        {
            string logit = Affine(ops, "pixels", Channels * Height * Width, ClassifierSeed, -1, 1);
            if (rank == 1) logit = ops.Squeeze(logit, 1);
            return end is null ? logit : end(ops, logit);
        });

    /// <summary>A picture to w [N, wDim], or to ws [N, numWs, wDim] where <paramref name="numWs"/> is not 0.</summary>
    public static ModelProto Encoder(int numWs = 0, int wDim = WDim, int channels = Channels, int height = Height, int width = Width)
    {
        long[] code = numWs == 0 ? [-1, wDim] : [-1, numWs, wDim];
        return Make(
            [new("photo", [-1, channels, height, width])], new("code", code),
            ops => Affine(ops, "photo", channels * height * width, EncoderSeed, code));
    }

    /// <summary>A model of one output, whose body the caller writes.</summary>
    public static ModelProto Make(IReadOnlyList<TinyPort> inputs, TinyPort output, Func<GraphWriter, string> body, int opset = Opset)
    {
        ModelProto model = new ModelComposer("tiny", opset).Model;
        model.Graph.Input.AddRange(inputs.Select(i => i.Declare()));
        GraphWriter ops = new(model, "tiny/");
        ops.Rename(body(ops), output.Name);
        model.Graph.Output.Add(output.Declare());
        return model;
    }

    /// <summary>x, made flat, times weights plus bias, in <paramref name="shape"/>.</summary>
    public static string Affine(GraphWriter ops, string x, int from, int seed, params long[] shape)
    {
        int to = (int)shape[1..].Aggregate(1L, (product, d) => product * d);
        string flat = ops.Reshape(x, ops.Longs(shape[0], from));
        string y = ops.Add(ops.MatMul(flat, ops.Real(Weights(seed, from * to), from, to)), ops.Real(Weights(seed + 1, to), to));
        return shape.Length == 2 ? y : ops.Reshape(y, ops.Longs(shape));
    }

    /// <summary>Numbers between -0.5 and 0.5, the same for the same seed, that float32 holds exactly.</summary>
    public static double[] Weights(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(random.NextSingle() - 0.5f))];
    }

    /// <summary>Numbers as <see cref="Weights"/>, for inputs.</summary>
    public static float[] Numbers(int seed, int count) => Array.ConvertAll(Weights(seed, count), x => (float)x);
}
