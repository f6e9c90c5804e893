using System.Collections.Concurrent;
using Cfgen.StyleGan.Tests.Pickles;
using Cfgen.StyleGan.Torch;
using static Cfgen.StyleGan.Tests.Torch.TorchPickles;

namespace Cfgen.StyleGan.Tests.Torch;

/// <summary>
/// Files that were sound before bytes of them were changed. What is read of them must be a network or a problem, and small.
/// </summary>
public sealed class MutationTests
{
    // Reading is quick: ten times as many as elsewhere.
    static readonly int s_tried = 10 * Mutations.Count;

    const long MostAllocated = 1L << 30;
    static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    [Fact]
    public void A_changed_file_is_a_network_or_a_problem()
    {
        byte[][] sound = [
            Plain(2), Plain(4), Legacy(Root(StorageId("FloatStorage", "0", 6)), ("0", 6, new byte[24])), Zipped(), Reading(PythonText)
        ];
        Assert.All(sound[..4], file => Assert.Equal(6, Read(file).Tensor("w").Count));
        ConcurrentBag<string> failures = [];
        TestContext.Current.TestOutputHelper!.WriteLine($"{s_tried} mutations; again with CFGEN_MUTATION_SEED={Mutations.Seed}");
        Parallel.For(Mutations.Seed, Mutations.Seed + s_tried, seed =>
        {
            byte[] file = Mutate(sound[seed % sound.Length], new Random(seed));
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = TimeProvider.System.GetTimestamp();
            try
            {
                ReadAll(file);
            }
            catch (InputException e) when (e.Problem is { Where: not null, Found: not null })
            {
                // As it should be.
            }
            catch (Exception e) when (e is not InputException)
            {
                failures.Add($"seed {seed}: {e}");
            }
            if (GC.GetAllocatedBytesForCurrentThread() - before > MostAllocated) failures.Add($"seed {seed}: too much memory");
            if (TimeProvider.System.GetElapsedTime(started) > s_longest) failures.Add($"seed {seed}: too long");
        });
        Assert.True(failures.IsEmpty, $"CFGEN_MUTATION_SEED={Mutations.Seed}\n{string.Join('\n', failures.Take(5))}");
    }

    const string PythonText =
        "gASVMAEAAAAAAAB9lCiMAW6UTowBdJSIjAFmlImMAWmUXZQoSwBL/03//0r/////Sv///39KAAAAgIoGAAAAAAABigkAAAAAAAAAAMBljAF4lF2UKEc/+AAA"
            + "AAAAAEeAAAAAAAAAAEd+N+Q8iAB1nGWMAXOUjA13w7ZyZArigqzwn5iAlIwBYpRDAwD/IZSMAXWUSwGFlHUu";

    static byte[] Reading(string base64) => Convert.FromBase64String(base64);

    static void ReadAll(byte[] file)
    {
        NetworkPickle networks = NetworkPickle.Parse(file, "network.pkl");
        foreach (string name in networks.Networks)
        {
            PersistentModule module = networks.Module(name);
            KnownSources.Warnings(module);
            foreach (string attribute in module.Attributes.Keys) module.Ints(attribute);
            foreach (Tensor tensor in module.Parameters.Values.OfType<Tensor>())
            {
                tensor.FirstNotFinite();
                Assert.Equal(tensor.Count, tensor.ToFloats().Length);
            }
        }
    }

    static byte[] Mutate(byte[] sound, Random random)
    {
        List<byte> bytes = [.. sound];
        for (int changes = random.Next(1, 6); changes > 0 && bytes.Count > 0; changes--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 20), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
                case 4: bytes.InsertRange(at, "(.0N)}]th\0\x81\x85\x86RbsaucR"u8[..length].ToArray()); break;
                default: for (int i = 0; i < length; i++) bytes[at + i] = 0xff; break;
            }
        }
        return [.. bytes];
    }

    static byte[] Plain(int protocol) => Assembler.Pickle(Root(Storage("FloatStorage", 6, new byte[24])), protocol);

    static byte[] Zipped() =>
        new ZipBuilder().Add("a/data.pkl", Assembler.Pickle(Root(StorageId("FloatStorage", "0", 6)))).Add("a/data/0", new byte[24]).Build();

    static Dictionary<string, object?> Root(object storage) => new()
    {
        ["G_ema"] = Module("Network", new()
        {
            ["sizes"] = Array("i8", [2], Bytes(1L, 2L)),
            ["list"] = new List<object?> { 1, Scalar("i4", Bytes(2)) },
            ["_parameters"] = new Dictionary<string, object?>
            {
                ["w"] = Parameter(TensorOf(storage, 0, [2, 3], [3, 1])),
                ["t"] = TensorOf(storage, 0, [3, 2], [1, 3]),
            },
            ["_modules"] = new Dictionary<string, object?> { ["inner"] = Module("Inner", []) },
        }),
        ["D"] = null,
    };
}
