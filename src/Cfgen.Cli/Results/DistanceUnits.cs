namespace Cfgen.Cli.Results;

/// <summary>What distances between codes are measured in.</summary>
static class DistanceUnits
{
    /// <summary>Where the distribution of the codes is known.</summary>
    public const string StandardDeviations = "standard-deviations";

    /// <summary>Where it is not: the numbers of the codes themselves.</summary>
    public const string OfTheCodes = "code-units";

    /// <summary>In words, after a number.</summary>
    public static string InWords(string unit) => unit == StandardDeviations
        ? "standard deviations of the latent codes"
        : "in the codes' own unit (their mean and covariance are not known)";
}
