using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Graphs;

/// <summary>What was found out about the models when their graphs were built, kept beside the graphs in the cache.</summary>
public sealed record GraphFacts
{
    /// <summary>Codes w, one a layer.</summary>
    public required int NumWs { get; init; }

    /// <summary>Length of one code.</summary>
    public required int WDim { get; init; }

    /// <summary>Classes, after a single output has become two.</summary>
    public required int Classes { get; init; }

    /// <summary>What the classifier's output holds.</summary>
    public required ClassifierOutput Kind { get; init; }

    /// <summary>Name of the encoder's input and output; null without encoder.</summary>
    public string? EncoderInput { get; init; }

    /// <summary>Name of the encoder's output.</summary>
    public string? EncoderOutput { get; init; }

    /// <summary>Whether the encoder gives one code for each layer.</summary>
    public bool EncodesEveryLayer { get; init; }

    /// <summary>About how many bytes loading all graphs and running them for one picture needs at once, the program included; null where a
    /// shape is known only in a run.</summary>
    public long? Memory { get; init; }

    /// <summary>Whether the graphs take any number of rows; models exported with a fixed batch do not.</summary>
    public required bool BatchIsFree { get; init; }

    /// <summary>What was chosen where the models leave a choice, one sentence each: to be told to whoever runs them.</summary>
    public IReadOnlyList<string> Notes { get; set; } = [];
}
