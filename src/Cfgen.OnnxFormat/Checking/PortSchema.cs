namespace Cfgen.OnnxFormat.Checking;

/// <summary>What an operator asks of one of its inputs or outputs, or of all from one on.</summary>
/// <param name="IsRequired">Whether it has to be there.</param>
/// <param name="Repeats">Whether any number may follow of its kind.</param>
/// <param name="Rank">Number of axes.</param>
readonly record struct PortSchema(bool IsRequired, bool Repeats, NumberRange Rank)
{
    /// <summary>A list of them as the table of operators writes it.</summary>
    public static PortSchema[] ParseAll(string text) => text == "-" ? [] : Array.ConvertAll(text.Split(','), Parse);

    static PortSchema Parse(string text) =>
        new(text[0] is 'x' or '+', text[0] is '+' or '*', NumberRange.Parse(text.AsSpan(1), int.MaxValue));
}
