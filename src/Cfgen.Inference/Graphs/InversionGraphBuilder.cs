using Cfgen.Inference.Bundles;
using Cfgen.Inference.Preparation;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Graphs;

/// <summary>Composes a generator and the difference of its image from a picture into one graph that computes loss, gradient and
/// image.</summary>
/// <remarks>
/// loss = mean(d_0^2) + 1/4 of the sum over the further levels k of mean(d_k^2), on pixel values from 0 to 1: d_0 is the difference of the
/// pictures, each further level the means of 2 x 2 pixels of the one before, as long as both of its sides are at least 4. A stroke that
/// lies beside where it should is as wrong to single pixels as one that is missing; the means tell the two apart. Where the picture is
/// black, a value below black is as good as black, and so is one above white where it is white: a saved picture holds neither.
/// </remarks>
public static class InversionGraphBuilder
{
    /// <summary>The smallest side of a level.</summary>
    const int SmallestSide = 4;

    /// <summary>Weight of each further level. Equal weights would show the stroke's place well, and its pixels less well than a code
    /// can.</summary>
    const double LevelWeight = 0.25;

    /// <summary>No generator's value lies beyond it; finite, so that no infinity meets a zero.</summary>
    const double Beyond = 1e30;

    /// <summary>Builds the graph.</summary>
    /// <returns>
    /// Inputs <c>ws</c> [N, num_ws, w_dim] and <c>picture</c> [N, C, H, W] in the generator's value range; outputs <c>loss</c> [N],
    /// <c>gradient</c> [N, num_ws, w_dim] and <c>image</c> [N, C, H, W].
    /// </returns>
    /// <exception cref="CfgenException">The generator is unreadable, does not fit, or has no gradient.</exception>
    public static ModelProto Build(Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ImageSpec spec = bundle.Manifest.Image;
        ModelPart generator = ModelPart.Load(bundle.Generator,
            GraphBuilder.Spec(bundle.Generator, bundle, bundle.Manifest.Generator.Synthesis));
        PartContracts.CheckOpset(generator);
        PartContracts.CheckGeneratorOutput(generator, spec);
        (int numWs, int wDim, long? batch) = PartContracts.LatentShape(generator);

        ModelComposer composer = new("inversion", Math.Max(ModelPreparation.LowestOpset, generator.Model.StandardOpset()));
        string image = GraphBuilder.AppendGenerator(composer, generator, numWs, wDim, batch);
        GraphBuilder.DeclareInput(composer.Model, GraphNames.Picture, TensorProto.Types.DataType.Float, batch, spec.Channels, spec.Height,
            spec.Width);
        GraphWriter ops = new(composer.Model, "loss/");
        string loss = AppendLoss(ops, image, GraphNames.Picture, spec);
        GraphBuilder.NameOutputs(composer.Model, ops, (image, GraphNames.Image), (loss, GraphNames.Loss));

        return GradientCompiler.Compile(composer.Model, generator.Path, (prepared, types) =>
        {
            PartContracts.CheckImage(generator, types.GetValueOrDefault(GraphNames.Image), spec);
            GraphBuilder.Describe(prepared, types);
            return new(GraphNames.Loss) { Gradients = new Dictionary<string, string> { [GraphNames.Ws] = GraphNames.Gradient } };
        });
    }

    /// <summary>From two pictures [N, C, H, W] to their loss [N]. The means are linear: the difference goes down the pyramid
    /// alone.</summary>
    static string AppendLoss(GraphWriter ops, string image, string picture, ImageSpec spec)
    {
        string difference = Difference(ops, image, picture, spec);
        List<string> levels = [MeanSquare(ops, difference)];
        for (int side = Math.Min(spec.Width, spec.Height) / 2; side >= SmallestSide; side /= 2)
        {
            difference = ops.AveragePool(difference, 2);
            levels.Add(ops.Mul(MeanSquare(ops, difference), ops.Scalar(LevelWeight)));
        }
        return ops.Sum(levels);
    }

    /// <summary>The way from the image to the nearest value that shows the picture: the picture's own, or anything beyond where that is
    /// black or white.</summary>
    static string Difference(GraphWriter ops, string image, string picture, ImageSpec spec)
    {
        (double black, double span) = (spec.Range[0], (double)spec.Range[1] - spec.Range[0]);
        double half = span / 510; // of a gray level
        string isBlack = ops.LessOrEqual(picture, ops.Scalar(black + half)),
            isWhite = ops.GreaterOrEqual(picture, ops.Scalar(black + span - half));
        string tooBright = ops.Relu(ops.Sub(image, ops.Where(isWhite, ops.Scalar(Beyond), picture)));
        string tooDark = ops.Relu(ops.Sub(ops.Where(isBlack, ops.Scalar(-Beyond), picture), image));
        return ops.Mul(ops.Sub(tooBright, tooDark), ops.Scalar(1 / span));
    }

    static string MeanSquare(GraphWriter ops, string x) => ops.ReduceMean(ops.Mul(x, x), [1, 2, 3], keepDims: false);
}
