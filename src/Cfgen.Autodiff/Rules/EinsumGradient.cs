namespace Cfgen.Autodiff.Rules;

/// <summary>y = Einstein sum of the inputs: the gradient of one is the Einstein sum of dy and the others, with its own letters as the result; letters that only it has are repeated.</summary>
static class EinsumGradient
{
    public static string?[] Rule(GradientContext n)
    {
        string equation = (n.Text("equation") ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (equation.Contains('.', StringComparison.Ordinal)) throw n.Refuse($"the equation '{equation}'", "an equation without '...'");
        string[] sides = equation.Split("->");
        string[] terms = sides[0].Split(',');
        string result = sides.Length > 1 ? sides[1] : Implicit(terms);
        if (terms.Append(result).Any(t => t.Distinct().Count() != t.Length)) throw n.Refuse($"the equation '{equation}'", "no letter twice in one term");
        return [.. terms.Select((_, i) => n.Needs(i) ? Gradient(n, terms, result, i) : null)];
    }

    static string Gradient(GradientContext n, string[] terms, string result, int own)
    {
        int[] others = [.. Enumerable.Range(0, terms.Length).Where(i => i != own)];
        string known = string.Concat(others.Select(i => terms[i])) + result;
        string reached = string.Concat(terms[own].Where(known.Contains));
        string equation = $"{string.Join(',', others.Select(i => terms[i]).Prepend(result))}->{reached}";
        string gradient = n.Ops.Einsum(equation, [n.OutputGradient, .. others.Select(n.Input)]);
        long[] missing = [.. Enumerable.Range(0, terms[own].Length).Where(a => !known.Contains(terms[own][a])).Select(a => (long)a)];
        return missing.Length == 0 ? gradient : n.ExpandLike(n.Ops.Unsqueeze(gradient, missing), own, missing);
    }

    /// <summary>Without an arrow: the letters that come once, in the alphabet's order.</summary>
    static string Implicit(string[] terms)
    {
        string all = string.Concat(terms);
        return string.Concat(all.Where(c => all.Count(d => d == c) == 1).Order());
    }
}
