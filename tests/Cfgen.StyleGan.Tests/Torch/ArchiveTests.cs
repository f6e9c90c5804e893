using Cfgen.StyleGan.Tests.Pickles;
using Cfgen.StyleGan.Torch;
using static Cfgen.StyleGan.Tests.Torch.TorchPickles;

namespace Cfgen.StyleGan.Tests.Torch;

/// <summary>Whole files of torch.save: the old stream and the zip file.</summary>
public sealed class ArchiveTests
{
    static readonly byte[] s_data = Bytes<float>(1, 2, 3);

    // Two tensors of one storage, as a network with shared weights has them.
    static Dictionary<string, object?> Networks(string key = "0", long count = 3) => new()
    {
        ["G_ema"] = Module("Network", new()
        {
            ["_buffers"] = new Dictionary<string, object?>
            {
                ["all"] = TensorOf(StorageId("FloatStorage", key, count), 0, [3], [1]),
                ["last"] = TensorOf(StorageId("FloatStorage", key, count), 2, [1], [1]),
            },
        }),
    };

    static ZipBuilder Zip(object? root = null) => new ZipBuilder()
        .Add("network/data.pkl", Assembler.Pickle(root ?? Networks())).Add("network/byteorder", "little"u8.ToArray())
        .Add("network/data/0", s_data).Add("network/version", "3\n"u8.ToArray());

    [Fact]
    public void The_old_stream_is_read() => AssertNetwork(Legacy(Networks(), ("0", 3, s_data)));

    [Fact]
    public void The_zip_file_is_read_without_a_copy()
    {
        byte[] file = Zip().Build();
        AssertNetwork(file);
        Assert.True(Read(file).Tensor("all").Bytes().Span.Overlaps(file));
        AssertNetwork(Zip().Build(zip64: true));
    }

    [Fact]
    public void A_zip_file_of_the_platform_is_read_where_nothing_is_compressed()
    {
        using MemoryStream stream = new();
        using (System.IO.Compression.ZipArchive archive = new(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in new[]
            {
                ("network/data.pkl", Assembler.Pickle(Networks())), ("network/data/0", s_data)
            })
            {
                using Stream entry = archive.CreateEntry(name, System.IO.Compression.CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }
        AssertNetwork(stream.ToArray());
    }

    [Fact]
    public void Missing_or_wrong_storages_are_told()
    {
        Assert.Contains("no storage '1'", Refused(Zip(Networks("1")).Build()).Found, StringComparison.Ordinal);
        Assert.Contains("12 bytes", Refused(Zip(Networks("0", 4)).Build()).Found, StringComparison.Ordinal);
        Assert.Contains("no storage '../0'", Refused(Zip(Networks("../0")).Build()).Found, StringComparison.Ordinal);
        Assert.Equal("tensor-damaged", Refused(Legacy(Networks())).Code);
        Assert.Contains("2 elements in the storage", Refused(Legacy(Networks(), ("0", 2, s_data))).Found, StringComparison.Ordinal);
        Assert.Equal("pickle-cut-off", Refused(Legacy(Networks(), ("0", 3, s_data[1..]))).Code);
        Assert.Contains("bytes after the end", Refused(Legacy(Networks(), ("0", 3, [.. s_data, 0]))).Found, StringComparison.Ordinal);
        Assert.Contains("twice", Refused(Legacy(Networks(), ("0", 3, s_data), ("0", 3, s_data))).Found, StringComparison.Ordinal);
        Assert.Contains(
            "as a storage's key", Refused(Legacy(Networks(), ("0", 3, s_data), ("1", 3, s_data))).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_file_that_torch_does_not_write_is_refused()
    {
        Told("is encrypted", Zip().Add("network/data/1", s_data, flags: 1));
        Told("is compressed", Zip().Add("network/data/1", s_data, method: 8));
        Told("twice", Zip().Add("network/data/0", s_data));
        Told("the checksum", new ZipBuilder().Add("network/data.pkl", Assembler.Pickle(Networks())).Add("network/data/0", s_data, crc: 1));
        Told("overlaps", Zip().Add("network/data/1", s_data, overlap: true));
        Told("0 files named", new ZipBuilder().Add("network/other", s_data));
        Told("2 files named", Zip().Add("more/data.pkl", s_data));
        Told("byteorder",
            new ZipBuilder().Add("network/data.pkl", Assembler.Pickle(Networks())).Add("network/byteorder", "big"u8.ToArray()));
    }

    [Fact]
    public void Every_cut_off_archive_is_told()
    {
        foreach (byte[] file in new[] { Zip().Build(), Legacy(Networks(), ("0", 3, s_data)) })
        {
            for (int length = 0; length < file.Length; length++) Assert.NotNull(Refused(file[..length]).Found);
        }
    }

    static void Told(string what, ZipBuilder zip)
    {
        Problem problem = Refused(zip.Build());
        Assert.StartsWith("zip-", problem.Code, StringComparison.Ordinal);
        Assert.Contains(what, problem.Found, StringComparison.Ordinal);
    }

    static void AssertNetwork(byte[] file)
    {
        PersistentModule network = Read(file);
        Assert.Equal([1, 2, 3], network.Tensor("all").ToFloats());
        Assert.Equal([3], network.Tensor("last").ToFloats());
    }
}
