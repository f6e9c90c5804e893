using System.ComponentModel;

namespace Cfgen.Inference.Bundles;

/// <summary>A file of the bundle.</summary>
public record ModelFileSpec
{
    [Description("Name of the file, in the bundle's own folder.")]
    public required string File { get; init; }

    [Description("SHA-256 of the file, 64 hexadecimal digits; checked when given.")]
    public string? Sha256 { get; init; }

    [Description("Name of the input; found by shape when not given.")]
    public string? Input { get; init; }

    [Description("Name of the output; found by shape when not given.")]
    public string? Output { get; init; }
}

/// <summary>The generator: synthesis, mapping, and the distribution of its codes.</summary>
public sealed record GeneratorSpec
{
    [Description("Latent code ws [N, num_ws, w_dim] or [N, w_dim] to image [N, C, H, W].")]
    public required ModelFileSpec Synthesis { get; init; }

    [Description("z [N, z_dim] to ws; not needed by a search.")]
    public ModelFileSpec? Mapping { get; init; }

    [Description("Mean and covariance of the codes w, as .npy files.")]
    public LatentSpec? Latent { get; init; }
}

/// <summary>Mean and covariance of the codes w that the generator was trained with.</summary>
public sealed record LatentSpec
{
    [Description(".npy file, [w_dim].")]
    public required ModelFileSpec Mean { get; init; }

    [Description(".npy file, [w_dim, w_dim].")]
    public required ModelFileSpec Covariance { get; init; }
}

/// <summary>Image [N, C, H, W] to code w [N, w_dim] or ws [N, num_ws, w_dim].</summary>
public sealed record EncoderSpec : ModelFileSpec;
