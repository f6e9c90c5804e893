using Cfgen.Inference.Bundles;
using Cfgen.Inference.Graphs;
using Cfgen.Inference.Runtime;
using Cfgen.Inference.Views;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Images;

/// <summary>The classifier behind its preprocessing: picture to probabilities.</summary>
public sealed class ImageClassifier
{
    const string SomeImage = "a picture";

    readonly ModelSession _session;
    readonly ImageSpec _image;
    readonly ClassifierOutput _kind;
    readonly string _path;
    readonly string[] _outputs;
    readonly bool _batchIsFree;

    internal ImageClassifier(ModelSession session, ImageSpec image, int classes, ClassifierOutput kind, string path)
    {
        (_session, _image, Classes, _kind, _path) = (session, image, classes, kind, path);
        _batchIsFree = session.Inputs[GraphNames.Image].Dimensions[0] < 0;
        _outputs = session.Outputs.ContainsKey(GraphNames.Output) ? [GraphNames.Probability, GraphNames.Output] : [GraphNames.Probability];
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Whether the classes are labels of which any number may be true, each with a probability of its own; else one is true, and
    /// the probabilities sum to 1.</summary>
    public bool HasLabels => _kind == ClassifierOutput.Labels;

    /// <summary>Whether a picture belongs to a class: a label is its own decision, whatever the others are; of classes the most probable
    /// one wins.</summary>
    /// <param name="probabilities">[K], as <see cref="Classify(ReadOnlyMemory{float}, CancellationToken)"/> gives them.</param>
    /// <param name="index">The class.</param>
    /// <param name="hasLabels">Whether the classes are labels.</param>
    public static bool IsIn(float[] probabilities, int index, bool hasLabels)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        return hasLabels ? probabilities[index] >= 0.5 : Array.IndexOf(probabilities, probabilities.Max()) == index;
    }

    /// <inheritdoc cref="Classify(ReadOnlyMemory{float}, string, CancellationToken)"/>
    public float[] Classify(ReadOnlyMemory<float> image, CancellationToken cancellationToken) =>
        Classify(image, SomeImage, cancellationToken);

    /// <summary>Probabilities [K] of a picture [C, H, W] in the generator's value range.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="picture">What to call it in an error: its path, say.</param>
    /// <param name="cancellationToken">Stops between two operators.</param>
    /// <exception cref="ModelContractException">The classifier gives what is no number, or no probability where it should.</exception>
    public float[] Classify(ReadOnlyMemory<float> image, string picture, CancellationToken cancellationToken)
    {
        return Run([image.ToArray()], picture, cancellationToken)[0];
    }

    /// <summary>Probabilities [K] of a picture [C, H, W] in the generator's value range under each of several views.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="views">The views.</param>
    /// <param name="cancellationToken">Stops between two operators.</param>
    /// <exception cref="ModelContractException">The classifier gives what is no number, or no probability where it should.</exception>
    public float[][] Classify(ReadOnlyMemory<float> image, ViewSet views, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(views);
        float[][] pictures =
            [.. views.All.Select(view => view.IsIdentity ? image.ToArray() : ViewSampler.Sample(image.Span, _image, view))];
        return ClassifyAll(pictures, cancellationToken);
    }

    /// <summary>Probabilities [K] of each of several pictures [C, H, W] in the generator's value range.</summary>
    /// <param name="images">The pictures; run as one batch where the classifier takes any number.</param>
    /// <param name="cancellationToken">Stops between two operators.</param>
    /// <exception cref="ModelContractException">The classifier gives what is no number, or no probability where it should.</exception>
    public float[][] ClassifyAll(IReadOnlyList<float[]> images, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(images);
        return _batchIsFree ? Run(images, SomeImage, cancellationToken)
            : [.. images.SelectMany(image => Run([image], SomeImage, cancellationToken))];
    }

    float[][] Run(IReadOnlyList<float[]> images, string picture, CancellationToken cancellationToken)
    {
        float[] rows = images.Count == 1 ? images[0] : [.. images.SelectMany(image => image)];
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(rows, [images.Count, _image.Channels, _image.Height, _image.Width]);
        using IDisposableReadOnlyCollection<OrtValue> outputs =
            _session.Run(new Dictionary<string, OrtValue> { [GraphNames.Image] = value }, _outputs, cancellationToken);
        if (outputs.Count > 1)
        {
            foreach (float[] output in Rows(outputs[1])) ProbabilityCheck.Check(output, _kind, _path, picture);
        }
        float[][] probabilities = Rows(outputs[0]);
        return probabilities.All(row => Array.TrueForAll(row, float.IsFinite)) ? probabilities
            : throw ProbabilityCheck.NotFinite(_path, picture);

        float[][] Rows(OrtValue output)
        {
            ReadOnlySpan<float> all = output.GetTensorDataAsSpan<float>();
            return [.. all.ToArray().Chunk(all.Length / images.Count)];
        }
    }
}
