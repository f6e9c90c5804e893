namespace Cfgen.Counterfactuals;

/// <summary>Why a search ended. Each outcome keeps every step found so far.</summary>
public enum SearchOutcome
{
    /// <summary>
    /// The probability crossed the threshold, also on the image as it will be saved: the last step is the counterfactual.
    /// </summary>
    Reached,

    /// <summary>All steps were taken and the probability was still on its way. More steps may help.</summary>
    StepsExhausted,

    /// <summary>The gradient of the score is exactly zero, or nothing improved for a while. More steps will not help.</summary>
    Stalled,

    /// <summary>The score, the probability or an entry of the gradient is not a finite number: the last step shows where.</summary>
    NotFinite,

    /// <summary>Someone asked to stop. The last step repeats the last one that was evaluated.</summary>
    Cancelled,
}
