using System.Globalization;

namespace Cfgen.OnnxFormat.Checking;

/// <summary>Whole numbers from <paramref name="Min"/> to <paramref name="Max"/>, both included.</summary>
readonly record struct NumberRange(long Min, long Max)
{
    /// <summary>Every whole number.</summary>
    public static NumberRange Any { get; } = new(long.MinValue, long.MaxValue);

    /// <summary>As it is written in the table of operators: <c>3</c>, <c>0..2</c>, <c>3..</c>, or nothing for any number.</summary>
    /// <param name="text">What is written.</param>
    /// <param name="most">The end of a range that names none.</param>
    public static NumberRange Parse(ReadOnlySpan<char> text, long most)
    {
        if (text.IsEmpty) return Any;
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return new(Number(text), Number(text));
        return new(Number(text[..dots]), dots + 2 == text.Length ? most : Number(text[(dots + 2)..]));
    }

    public bool Contains(long number) => number >= Min && number <= Max;

    /// <summary>The range in words, such as "at least 3".</summary>
    public override string ToString() => this switch
    {
        _ when Min == Max => string.Create(CultureInfo.InvariantCulture, $"{Min}"),
        { Max: int.MaxValue } => string.Create(CultureInfo.InvariantCulture, $"at least {Min}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Min} to {Max}"),
    };

    static long Number(ReadOnlySpan<char> text) => long.Parse(text, CultureInfo.InvariantCulture);
}
