using Cfgen.EndToEnd.Tests;

[assembly: AssemblyFixture(typeof(FourToNine))]

namespace Cfgen.EndToEnd.Tests;

/// <summary>
/// A four explained as a nine, once for a person and, with the cache then filled, once for a program; many tests look at the results, none
/// changes them. Tests that are not about the cache go on with this one.
/// </summary>
public sealed class FourToNine : IAsyncLifetime
{
    readonly Workplace _place = new();

    /// <summary>The first run, without <c>--out</c> and <c>--json</c>.</summary>
    internal ProgramRun Told { get; private set; } = null!;

    /// <summary>Where the first run wrote to by itself.</summary>
    internal ResultFolder Result => new(_place["four-1-to-nine"]);

    /// <summary>The second run, with both, and with the class by name.</summary>
    internal ProgramRun Json { get; private set; } = null!;

    /// <summary>What the second run wrote.</summary>
    internal ResultFolder Again => new(_place["again"]);

    /// <summary>The cache, filled.</summary>
    internal string Cache => _place.Cache;

    /// <summary>The folder that both ran in.</summary>
    internal string Here => _place.Here;

    /// <summary>What is in it.</summary>
    internal string[] Names => _place.Names;

    public async ValueTask InitializeAsync()
    {
        Told = await _place.Run("explain", "four-1.png", "--target-class", "9");
        Json = await _place.Run("explain", "four-1.png", "--target-class", "Nine", "--out", "again", "--json");
    }

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return ValueTask.CompletedTask;
    }
}
