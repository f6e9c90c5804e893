using System.Globalization;

namespace Cfgen.Cli.Output.Console;

/// <summary>
/// Tells a search in lines, ever more rarely: steps 0, 1, 2, 5, 10, 20, 50, 100 and so on. A log of a thousand steps has a dozen lines.
/// </summary>
sealed class ProgressLines(TextWriter writer, string quantity)
{
    readonly string _quantity = ShownText.Of(quantity);
    int _next;

    /// <summary>Told every step.</summary>
    public void Report(int step, double value)
    {
        if (step < _next) return;
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step}: {_quantity} = {value:0.0000}"));
        while (_next <= step) _next = After(_next);
    }

    // 1, 2, 5, 10: the leading digit alone says what follows.
    static int After(int step) => step switch
    {
        0 => 1,
        _ when step.ToString(CultureInfo.InvariantCulture)[0] == '2' => step / 2 * 5,
        _ => step * 2,
    };
}
