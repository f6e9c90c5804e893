using System.Xml;

namespace Cfgen.Imaging;

/// <summary>What a written picture says about itself, as PNG text and as XMP.</summary>
/// <param name="Origin">Where the pixels come from.</param>
/// <param name="Software">The program and its version.</param>
/// <param name="Description">One line for people: what the picture shows.</param>
/// <remarks>Characters that no metadata may hold (controls, line ends) become spaces.</remarks>
public sealed record ImageMark(ImageOrigin Origin, string Software, string Description)
{
    /// <inheritdoc cref="ImageMark" path="/param[@name='Software']"/>
    public string Software { get; } = OneLine(Software);

    /// <inheritdoc cref="ImageMark" path="/param[@name='Description']"/>
    public string Description { get; } = OneLine(Description);

    /// <summary>The term of the IPTC vocabulary for the origin, as an address; null for a photograph.</summary>
    /// <seealso href="https://cv.iptc.org/newscodes/digitalsourcetype/"/>
    public string? DigitalSourceType => Origin switch
    {
        ImageOrigin.TrainedAlgorithmicMedia => "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        ImageOrigin.CompositeWithTrainedAlgorithmicMedia =>
            "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
        _ => null,
    };

    static string OneLine(string text) =>
        string.Create(text.Length, text, static (line, text) =>
        {
            for (int i = 0; i < line.Length; i++)
            {
                char c = text[i];
                line[i] = char.IsControl(c) || !(XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)) ? ' ' : c;
            }
        });
}
