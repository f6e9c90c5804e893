namespace Cfgen.Autodiff.Rules.Support;

/// <summary>The equation of an Einsum with a letter for every axis: those of '...' get letters of their own.</summary>
sealed class EinsumEquation
{
    const string Ellipsis = "...";
    const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    readonly HashSet<char> _long = [];

    public EinsumEquation(GradientContext n)
    {
        string text = (n.Text("equation") ?? "").Replace(" ", "", StringComparison.Ordinal);
        string[] sides = text.Split("->");
        string[] terms = sides[0].Split(',');
        int[] hidden = [.. terms.Select((term, i) => HasEllipsis(term) ? n.Shape(i).Count - (term.Length - Ellipsis.Length) : 0)];
        string unused = string.Concat(Alphabet.Where(c => !text.Contains(c, StringComparison.Ordinal)));
        int most = hidden.Max();
        string letters = unused[..most];
        Spare = unused[most..];
        // aligned at the end, as in broadcasting
        Terms = [.. terms.Select((term, i) => term.Replace(Ellipsis, letters[(most - hidden[i])..], StringComparison.Ordinal))];
        Result = (sides.Length > 1 ? sides[1] : Implicit(terms)).Replace(Ellipsis, letters, StringComparison.Ordinal);
        for (int i = 0; i < Terms.Count; i++)
        {
            for (int a = 0; a < Terms[i].Length; a++) if (!n.Shape(i)[a].IsOne) _long.Add(Terms[i][a]);
        }
    }

    /// <summary>The letters of each input.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>The letters of y.</summary>
    public string Result { get; }

    /// <summary>Letters that stand for no axis.</summary>
    public string Spare { get; }

    /// <summary>Whether some input has more than one element along the letter: one of length 1 is then repeated.</summary>
    public bool IsLong(char letter) => _long.Contains(letter);

    static bool HasEllipsis(string term) => term.Contains(Ellipsis, StringComparison.Ordinal);

    /// <summary>Without an arrow: the axes of '...', then the letters that come once, in the alphabet's order.</summary>
    static string Implicit(string[] terms)
    {
        string all = string.Concat(terms).Replace(".", "", StringComparison.Ordinal);
        return (terms.Any(HasEllipsis) ? Ellipsis : "") + string.Concat(all.Where(c => all.Count(d => d == c) == 1).Order());
    }
}
