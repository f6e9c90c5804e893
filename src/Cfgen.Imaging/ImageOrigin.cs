namespace Cfgen.Imaging;

/// <summary>Where the pixels of a written picture come from; the last two carry the name of an IPTC digital source type.</summary>
public enum ImageOrigin
{
    /// <summary>Taken from the user's picture: no mark of synthetic origin.</summary>
    Photograph,

    /// <summary>Made by a generator.</summary>
    TrainedAlgorithmicMedia,

    /// <summary>Made of the user's picture and of a generator's, such as a difference or a film strip.</summary>
    CompositeWithTrainedAlgorithmicMedia,
}
