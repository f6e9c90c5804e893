using System.Globalization;

namespace Cfgen.Testing;

/// <summary>
/// Tries inputs that were sound before something in them was changed. Every one has to be accepted, or refused with a problem that says
/// what and where; and soon, and without much memory.
/// </summary>
public static class Mutations
{
    /// <summary>Numbers that programs stumble over.</summary>
    static readonly long[] s_extremes =
        [0, 1, -1, 2, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 1_000_000_000, int.MaxValue, int.MinValue, uint.MaxValue,
            long.MaxValue, long.MinValue];

    const long MostAllocated = 300 << 20;
    static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20); // a guard against hanging: the machine may be busy

    /// <summary>How many are tried: 500, or as many as <c>CFGEN_MUTATIONS</c> says.</summary>
    public static int Count { get; } = Number("CFGEN_MUTATIONS") ?? 500;

    /// <summary>
    /// The first seed, which is printed: always the same in an ordinary run, so that it fails for a change of the code alone; another
    /// every time with <c>CFGEN_MUTATIONS</c>; or what <c>CFGEN_MUTATION_SEED</c> says.
    /// </summary>
    public static int Seed { get; } =
        Number("CFGEN_MUTATION_SEED") ?? (Number("CFGEN_MUTATIONS") is null ? 1 : Random.Shared.Next(1 << 30));

    /// <summary>Runs the cases one after another, each with random numbers of its own.</summary>
    /// <param name="print">Prints a line with the result of the test.</param>
    /// <param name="tryOne">Changes an input and reads it.</param>
    public static void Run(Action<string> print, Action<Random> tryOne)
    {
        ArgumentNullException.ThrowIfNull(print);
        ArgumentNullException.ThrowIfNull(tryOne);
        print($"{Count} mutations; again with CFGEN_MUTATION_SEED={Seed}");
        List<string> failures = [];
        for (int seed = Seed; seed < Seed + Count && failures.Count < 5; seed++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long started = TimeProvider.System.GetTimestamp();
            try
            {
                tryOne(new Random(seed));
            }
            catch (CfgenException e)
            {
                if (IsPoor(e.Problem) is { } reason) failures.Add($"seed {seed}: {reason}: {e.Problem}");
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failures.Add($"seed {seed}: {e}");
            }
            if (GC.GetAllocatedBytesForCurrentThread() - before > MostAllocated) failures.Add($"seed {seed}: too much memory");
            if (TimeProvider.System.GetElapsedTime(started) > s_longest) failures.Add($"seed {seed}: too long");
        }
        Assert.True(failures.Count == 0, $"CFGEN_MUTATION_SEED={Seed}\n{string.Join('\n', failures)}");
    }

    /// <summary>One of the numbers that programs stumble over.</summary>
    public static long Extreme(this Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return s_extremes[random.Next(s_extremes.Length)];
    }

    /// <summary>
    /// The bytes with up to five changes: single bits and bytes, pieces taken out, doubled, cut off, and extreme numbers in either order.
    /// </summary>
    public static byte[] Mutate(this Random random, byte[] sound)
    {
        ArgumentNullException.ThrowIfNull(random);
        List<byte> bytes = [.. sound];
        for (int changes = random.Next(1, 6); changes > 0 && bytes.Count > 8; changes--)
        {
            // Headers, where the lengths are, more often than what follows them.
            int at = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Count, 200) : bytes.Count),
                length = Math.Min(random.Next(1, 20), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
                case 4: bytes.RemoveRange(at, random.Next(8) == 0 ? bytes.Count - at : 0); break;
                case 5: bytes.InsertRange(at, "\e]0;x\a\n\0\u202e\xff"u8[..Math.Min(length, 10)]); break;
                default: Overwrite(bytes, at, random); break;
            }
        }
        return [.. bytes];
    }

    static void Overwrite(List<byte> bytes, int at, Random random)
    {
        byte[] number = BitConverter.GetBytes(random.Extreme())[..(1 << random.Next(4))];
        if (random.Next(2) == 0) Array.Reverse(number);
        for (int i = 0; i < number.Length && at + i < bytes.Count; i++) bytes[at + i] = number[i];
    }

    static string? IsPoor(Problem problem) =>
        problem.Where is null ? "no place told"
        : problem.ToString().EnumerateRunes().Any(r => r.Value != '\n' && ShownText.IsHidden(r)) ? "characters that nobody sees"
        : problem.ToString().Length > 6 * ShownText.Longest ? "a message that is too long"
        : null;

    static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
