using Cfgen.Autodiff.Rules.Support;

namespace Cfgen.Autodiff.Rules;

/// <summary>
/// y = Einstein sum of the inputs: the gradient of one is the Einstein sum of dy and the others, with its own letters as the result.
/// Letters that only it has are repeated; along a letter that it has twice (a diagonal), the identity puts zeros beside the diagonal.
/// </summary>
static class EinsumGradient
{
    public static string?[] Rule(GradientContext n)
    {
        EinsumEquation equation = new(n);
        return [.. equation.Terms.Select((_, i) => n.Needs(i) ? Gradient(n, equation, i) : null)];
    }

    static string Gradient(GradientContext n, EinsumEquation equation, int own)
    {
        List<(string Term, string Value)> factors = [(equation.Result, n.OutputGradient)];
        for (int i = 0; i < equation.Terms.Count; i++) if (i != own) factors.Add(WithoutRepeated(n, equation, i));
        string term = WithoutTwins(n, equation, own, factors);

        HashSet<char> known = [.. factors.SelectMany(f => f.Term)];
        bool[] reached = [.. term.Select((letter, axis) => known.Contains(letter) && !IsRepeated(n, equation, own, axis))];
        string result = string.Concat(term.Where((_, axis) => reached[axis]));
        string gradient = n.Ops.Einsum($"{string.Join(',', factors.Select(f => f.Term))}->{result}", [.. factors.Select(f => f.Value)]);
        long[] missing = [.. Enumerable.Range(0, term.Length).Where(axis => !reached[axis]).Select(axis => (long)axis)];
        return missing.Length == 0 ? gradient : n.ExpandLike(n.Ops.Unsqueeze(gradient, missing), own, missing);
    }

    /// <summary>The input's letters with another for each second of two alike, and the identity of both among the factors.</summary>
    static string WithoutTwins(GradientContext n, EinsumEquation equation, int own, List<(string Term, string Value)> factors)
    {
        char[] term = equation.Terms[own].ToCharArray();
        int spare = 0;
        for (int axis = 1; axis < term.Length; axis++)
        {
            char letter = term[axis];
            if (!term.AsSpan(0, axis).Contains(letter)) continue;
            term[axis] = equation.Spare[spare++];
            factors.Add(($"{letter}{term[axis]}", Identity(n, n.FixedLength(own, axis))));
        }
        return new(term);
    }

    static string Identity(GradientContext n, long length)
    {
        double[] matrix = new double[length * length];
        for (long i = 0; i < length; i++) matrix[i * (length + 1)] = 1;
        return n.Ops.Real(matrix, length, length);
    }

    /// <summary>Another input without its axes of length 1 where the letter is longer elsewhere.</summary>
    static (string Term, string Value) WithoutRepeated(GradientContext n, EinsumEquation equation, int i)
    {
        string term = equation.Terms[i];
        long[] repeated = [.. Enumerable.Range(0, term.Length).Where(axis => IsRepeated(n, equation, i, axis)).Select(axis => (long)axis)];
        return (string.Concat(term.Where((_, axis) => !repeated.Contains(axis))), n.Ops.Squeeze(n.Input(i), repeated));
    }

    static bool IsRepeated(GradientContext n, EinsumEquation equation, int i, int axis) =>
        n.Shape(i)[axis].IsOne && equation.IsLong(equation.Terms[i][axis]);
}
