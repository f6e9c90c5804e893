namespace Cfgen.StyleGan.Tests.Generators;

/// <summary>An array as tests compare it.</summary>
sealed record Numbers(long[] Shape, float[] Values)
{
    /// <summary>Normally distributed numbers that are the same in every run.</summary>
    public static Numbers Random(int seed, params long[] shape)
    {
        System.Random random = new(seed);
        return new(shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b))
            .Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))]);
    }

    /// <summary>One row of the first axis.</summary>
    public Numbers Row(int row)
    {
        int length = Values.Length / (int)Shape[0];
        return new([1, .. Shape[1..]], Values[(row * length)..((row + 1) * length)]);
    }

    /// <summary>The largest difference, relative to the largest magnitude of the other.</summary>
    public double Distance(Numbers reference)
    {
        Assert.Equal(reference.Shape, Shape);
        return Values.Zip(reference.Values, (a, b) => (double)Math.Abs(a - b)).Max() / reference.Values.Max(Math.Abs);
    }
}
