namespace Cfgen.Descriptors;

/// <summary>Compares the descriptors of a reconstruction with those of its counterfactual.</summary>
public static class LocalImportances
{
    /// <summary>
    /// The importance of each descriptor: its value after less its value before, also divided by its standard deviation where that is
    /// known.
    /// </summary>
    /// <param name="before">Descriptors of the reconstruction.</param>
    /// <param name="after">The same descriptors of the counterfactual, in the same order.</param>
    /// <param name="standardDeviations">
    /// Standard deviations over reference images by name; one that is missing, not positive or not finite gives no standardised importance.
    /// </param>
    /// <returns>One importance for each descriptor, in the order given.</returns>
    /// <exception cref="ArgumentException">The two lists are not of the same descriptors, in the same units and order.</exception>
    public static IReadOnlyList<LocalImportance> Compare(
        IReadOnlyList<DescriptorValue> before, IReadOnlyList<DescriptorValue> after, IReadOnlyDictionary<string, double> standardDeviations)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(standardDeviations);
        if (before.Count != after.Count)
            throw new ArgumentException($"There are {before.Count} descriptors before and {after.Count} after.", nameof(after));
        LocalImportance[] importances = new LocalImportance[before.Count];
        for (int i = 0; i < importances.Length; i++)
        {
            (DescriptorValue b, DescriptorValue a) = (before[i], after[i]);
            if (b.Name != a.Name || b.Unit != a.Unit)
            {
                throw new ArgumentException($"Descriptor {i} is {b.Name} ({b.Unit}) before and {a.Name} ({a.Unit}) after.", nameof(after));
            }
            double importance = a.Value - b.Value;
            bool known = standardDeviations.TryGetValue(b.Name, out double deviation) && deviation > 0 && double.IsFinite(deviation);
            importances[i] = new(b.Name, b.Unit, b.Value, a.Value, importance, known ? importance / deviation : null);
        }
        return importances;
    }

    /// <summary>
    /// The importances by the size of the standardised one, the largest first; those without one last; equals in the order given.
    /// </summary>
    public static IReadOnlyList<LocalImportance> Ranked(IReadOnlyList<LocalImportance> importances)
    {
        ArgumentNullException.ThrowIfNull(importances);
        return [.. importances.OrderByDescending(i => i.Standardised is double s ? Math.Abs(s) : double.NegativeInfinity)];
    }
}
