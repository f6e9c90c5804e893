using System.Security.Cryptography;
using Cfgen.Inference.Codes;
using Cfgen.OnnxFormat;
using Microsoft.Win32.SafeHandles;

namespace Cfgen.Inference.Bundles;

/// <summary>A file in use: what it is for, where it lies, and the hash of what is in it.</summary>
/// <param name="Role">Such as <c>classifier</c>.</param>
/// <param name="Path">Where it was found.</param>
/// <param name="Sha256">Of the content, lower case; external data is not part of it.</param>
public sealed record BundleFile(string Role, string Path, string Sha256)
{
    static readonly string[] s_models = ["model", "generator", "mapping", "encoder", "classifier", "gradient graph"];

    /// <summary>Whether a model that computes in half precision shall compute in float32.</summary>
    public bool ComputeFloat32 { get; init; }

    /// <summary>Name of the output to be used, where an option gives one; it wins over <c>model.json</c>.</summary>
    public string? Output { get; init; }

    /// <summary>Whether the file is a model.</summary>
    public bool IsModel => s_models.Contains(Role);

    /// <summary>Reads the file as a model.</summary>
    /// <exception cref="ModelFormatException">It is none.</exception>
    public ModelProto LoadModel() => OnnxFile.Load(Path, ComputeFloat32);

    /// <summary>Hashes the file and compares with what was promised.</summary>
    /// <exception cref="InputException">Missing, no regular file, over 2 GB, unreadable, or of another content than
    /// <paramref name="expectedSha256"/> says.</exception>
    public static BundleFile Open(string role, string path, string? expectedSha256)
    {
        FileKind kind = KindOf(role);
        string actual;
        try
        {
            using SafeFileHandle handle = InputFile.Open(path, kind.MaxBytes);
            if (s_models.Contains(role)) OnnxFile.CheckStart(handle, path);
            using FileStream stream = new(handle, FileAccess.Read);
            actual = Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (FileRefusedException e)
        {
            throw new InputException(kind.ProblemOf(e, path), e);
        }
        if (expectedSha256 is not null && !actual.Equals(expectedSha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new InputException(new("bundle-hash-wrong", $"the {role} is not the file that model.json describes")
            {
                Where = path,
                Found = $"SHA-256 {actual}",
                Expected = $"SHA-256 {expectedSha256}",
                Fix = "restore the file, or correct sha256 in model.json if the change is meant",
            });
        }
        return new(role, path, actual);
    }

    static FileKind KindOf(string role) => new("bundle-file", $"the {role}", role switch
    {
        "manifest" or "preprocessing" or "class names" => FileKind.MaxTextBytes,
        "latent mean" or "latent covariance" => NpyFile.MaxBytes,
        _ when role.EndsWith(" data", StringComparison.Ordinal) => long.MaxValue, // external data of a model has no limit of its own
        _ => OnnxFile.MaxMessageBytes,
    })
    {
        FixSize = s_models.Contains(role) ? "export the model with its weights as external data" : "make sure that it is the right file",
    };
}
