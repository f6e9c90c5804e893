namespace Cfgen.Inference.Graphs;

/// <summary>Names of the inputs and outputs of the graphs that cfgen builds; a gradient graph made elsewhere has to use them too.</summary>
public static class GraphNames
{
    /// <summary>Latent codes, float [N, num_ws, w_dim].</summary>
    public const string Ws = "ws";

    /// <summary>Index of the target class, int64 [N].</summary>
    public const string Target = "target";

    /// <summary>d score / d ws, float [N, num_ws, w_dim].</summary>
    public const string Gradient = "gradient";

    /// <summary>What the search makes larger, float [N].</summary>
    public const string Score = "score";

    /// <summary>p(target), float [N].</summary>
    public const string Probability = "probability";

    /// <summary>p(target) under each view, that of the picture itself first, float [N, V].</summary>
    public const string Views = "view_probabilities";

    /// <summary>Logits, float [N, K].</summary>
    public const string Logits = "logits";

    /// <summary>What the classifier itself gives, float [N, K], where logits are made of it.</summary>
    public const string Output = "output";

    /// <summary>The generator's picture, float [N, C, H, W].</summary>
    public const string Image = "image";

    /// <summary>The picture that an inversion compares with, float [N, C, H, W].</summary>
    public const string Picture = "picture";

    /// <summary>How far the generator's picture is from it, float [N].</summary>
    public const string Loss = "loss";
}
