using Cfgen.Counterfactuals;

namespace Cfgen.Explanations;

/// <summary>An explanation's only door to the networks. Safe for several threads at once.</summary>
public interface IExplanationNetworks : IDisposable
{
    /// <summary>Codes w that the generator takes, one a layer.</summary>
    int NumWs { get; }

    /// <summary>Number of classes.</summary>
    int Classes { get; }

    /// <summary>Whether the classes are labels, of which any number may be true.</summary>
    bool HasLabels { get; }

    /// <summary>Whether there is an encoder.</summary>
    bool HasEncoder { get; }

    /// <summary>Whether a code can be looked for by descent.</summary>
    bool CanInvert { get; }

    /// <summary>Whether the encoder gives a code for each layer.</summary>
    bool EncodesEveryLayer { get; }

    /// <summary>Names of the views that an answer has to hold under, the image itself first.</summary>
    IReadOnlyList<string> Views { get; }

    /// <summary>What an error calls a network, usually a path.</summary>
    NetworkNames Names { get; }

    /// <summary>Probabilities [K] of an image [C, H, W] in the generator's value range.</summary>
    /// <param name="image">The image.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <param name="cancellationToken">Stops between two operators.</param>
    float[] Classify(ReadOnlyMemory<float> image, string name, CancellationToken cancellationToken);

    /// <summary>The encoder's code [num_ws, w_dim] of an image [C, H, W] in the generator's value range.</summary>
    float[] Encode(ReadOnlyMemory<float> image, CancellationToken cancellationToken);

    /// <summary>What an inversion descends: how far codes are from showing an image [C, H, W].</summary>
    IInversionObjective InversionObjectiveFor(ReadOnlyMemory<float> image);

    /// <summary>What a search climbs, with what the classifier says of its images as they are saved.</summary>
    /// <param name="targetClass">Index of the class.</param>
    IObjective ObjectiveFor(int targetClass);
}
