using System.Diagnostics;
using System.Globalization;
using Cfgen.OnnxFormat;
using Google.Protobuf;

namespace Cfgen.Benchmarks;

/// <summary>
/// Models that name a file they should not read, or are no file at all. What must not be read stands beside the model's folder, under
/// <see cref="Outside"/>.
/// </summary>
static class HostileFiles
{
    /// <summary>Name of the file that no model may make the program open.</summary>
    public const string Outside = "outside.bin";

    const int Length = 192; // elements of x

    /// <summary>All of them.</summary>
    public static IEnumerable<HostileModel> All =>
    [
        External("data by an absolute path", folder => Beside(folder)),
        External("data behind '..'", _ => $"../{Outside}"),
        External("data behind a symbolic link", folder => Made(folder, link => File.CreateSymbolicLink(link, Beside(folder)))),
        External("data behind a hard link", folder => Made(folder, link => Shell("ln", Beside(folder), link))),
        External("data in a pipe (FIFO)", folder => Made(folder, pipe => Shell("mkfifo", pipe))),
        External("data in a folder", folder => Made(folder, path => Directory.CreateDirectory(path))),
        External("data that is not there", _ => "weights.bin"),
        External("data beyond the end of its file", folder => Made(folder, path => File.WriteAllBytes(path, new byte[100]))),
        External("data at an offset of 2^62", folder => Made(folder, path => File.WriteAllBytes(path, new byte[4 * Length])),
            offset: 1L << 62),
        External("data at an address in memory", _ => "*/_ORT_MEM_ADDR_/*", offset: 140_737_353_957_376),
        new("1,000 tensors of the same 4 MB", Repeated),
        new("the model is a pipe (FIFO)", folder => Named(folder, path => Shell("mkfifo", path))),
        new("the model is a link to /dev/zero", folder => Named(folder, path => File.CreateSymbolicLink(path, "/dev/zero"))),
        new("the model is a sparse file of 1 TB", folder => Named(folder, path =>
        {
            using FileStream stream = File.Create(path);
            stream.SetLength(1L << 40);
        })),
    ];

    static string Beside(string folder) => Path.Combine(Path.GetDirectoryName(folder)!, Outside);

    static HostileModel External(string name, Func<string, string> location, long offset = 0) => new(name, folder =>
    {
        TensorProto tensor = Tensor("w", location(folder), offset, 1, 3, 8, 8);
        return Named(
            folder, path => File.WriteAllBytes(path, HostileModels.Of([HostileModels.Node("Add", ["x", "w"], "y")], tensor).ToByteArray()));
    });

    /// <summary>4 GB of weights in a file of 4 MB.</summary>
    static string Repeated(string folder)
    {
        const int count = 1000, elements = 1 << 20;
        File.WriteAllBytes(Path.Combine(folder, "weights.bin"), new byte[4 * elements]);
        TensorProto[] tensors = [.. Enumerable.Range(0, count).Select(i => Tensor($"w{i}", "weights.bin", 0, elements))];
        return Named(
            folder, path => File.WriteAllBytes(path, HostileModels.Of([HostileModels.Node("Neg", ["x"], "y")], tensors).ToByteArray()));
    }

    static TensorProto Tensor(string name, string location, long offset, params long[] shape)
    {
        TensorProto tensor = new() { Name = name, DataType = 1, Dims = { shape }, DataLocation = TensorProto.Types.DataLocation.External };
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset.ToString(CultureInfo.InvariantCulture) });
        return tensor;
    }

    static string Made(string folder, Action<string> make)
    {
        const string name = "weights.bin";
        make(Path.Combine(folder, name));
        return name;
    }

    static string Named(string folder, Action<string> make)
    {
        string path = Path.Combine(folder, "model.onnx");
        make(path);
        return path;
    }

    static void Shell(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
    }
}
