namespace Cfgen.Autodiff.Rules;

/// <summary>y = x with its axes permuted: dx = dy with the inverse permutation.</summary>
static class TransposeGradient
{
    public static string?[] Rule(GradientContext n)
    {
        long[] perm = n.Ints("perm") ?? [.. Enumerable.Range(0, n.OutputShape.Count).Reverse().Select(a => (long)a)];
        long[] inverse = new long[perm.Length];
        for (int i = 0; i < perm.Length; i++) inverse[perm[i]] = i;
        return [n.Ops.Transpose(n.OutputGradient, inverse)];
    }
}
