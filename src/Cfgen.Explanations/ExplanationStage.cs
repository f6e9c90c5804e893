namespace Cfgen.Explanations;

/// <summary>What an explanation is busy with.</summary>
public enum ExplanationStage
{
    /// <summary>Codes are drawn and classified, to find out where the classes lie; done once for a generator and a classifier.</summary>
    DrawingCodes,

    /// <summary>The image is classified and, where there is an encoder, encoded.</summary>
    Encoding,

    /// <summary>A code is looked for, or refined, by descent.</summary>
    Inverting,

    /// <summary>The search walks.</summary>
    Searching,

    /// <summary>What was found is classified and measured.</summary>
    Measuring,
}
