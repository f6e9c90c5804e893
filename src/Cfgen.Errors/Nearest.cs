namespace Cfgen;

/// <summary>Finds the known word that a mistyped one most likely meant.</summary>
public static class Nearest
{
    /// <summary>
    /// The candidate with the smallest edit distance to <paramref name="word"/>, or null where none is similar: more than half of the
    /// letters would change.
    /// </summary>
    /// <remarks>Levenshtein distance without regard to case; of equal candidates the first.</remarks>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        (string? best, int distance) = (null, int.MaxValue);
        foreach (string candidate in candidates)
        {
            int d = Distance(word, candidate);
            if (d < distance && d * 2 <= Math.Max(word.Length, candidate.Length)) (best, distance) = (candidate, d);
        }
        return best;
    }

    static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                bool same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1)));
            }
        }
        return row[b.Length];
    }
}
