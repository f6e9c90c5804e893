using System.Security.Cryptography;
using Cfgen.OnnxFormat;

namespace Cfgen.Inference.Bundles;

/// <summary>A file in use: what it is for, where it lies, and the hash of what is in it.</summary>
/// <param name="Role">Such as <c>classifier</c>.</param>
/// <param name="Path">Where it was found.</param>
/// <param name="Sha256">Of the content, lower case; external data is not part of it.</param>
public sealed record BundleFile(string Role, string Path, string Sha256)
{
    /// <summary>Whether a model that computes in half precision shall compute in float32.</summary>
    public bool ComputeFloat32 { get; init; }

    /// <summary>Name of the output to be used, where an option gives one; it wins over <c>model.json</c>.</summary>
    public string? Output { get; init; }

    /// <summary>Reads the file as a model.</summary>
    /// <exception cref="ModelFormatException">It is none.</exception>
    public ModelProto LoadModel() => OnnxFile.Load(Path, ComputeFloat32);

    /// <summary>Hashes the file and compares with what was promised.</summary>
    /// <exception cref="InputException">Missing, no regular file, over 2 GB, unreadable, or of another content than <paramref name="expectedSha256"/> says.</exception>
    public static BundleFile Open(string role, string path, string? expectedSha256)
    {
        if (!File.Exists(path))
        {
            string found = Directory.Exists(path) ? "a folder" : "no such file";
            throw new InputException(new("bundle-file-missing", $"the {role} is missing") { Where = path, Found = found, Expected = "a file", Fix = "check the path, or complete the bundle" });
        }
        if (FileNature.Of(path).Special is { } special)
            throw new InputException(new("bundle-file-missing", $"the {role} is no file that can be read to its end") { Where = path, Found = special, Expected = "a regular file", Fix = "write it to a file first" });
        if (new FileInfo(path).Length is var length && length > OnnxFile.MaxMessageBytes) // before hours are spent on its hash
            throw new InputException(new("file-too-large", $"the {role} is too large") { Where = path, Found = $"{length:N0} bytes", Expected = $"at most {OnnxFile.MaxMessageBytes:N0} bytes in one file", Fix = "export the model with its weights as external data" });
        string actual;
        try
        {
            using FileStream stream = File.OpenRead(path);
            actual = Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new InputException(new("file-unreadable", $"the {role} may not be read") { Where = path, Found = "no read permission", Fix = "change the file's permissions" }, e);
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
}
