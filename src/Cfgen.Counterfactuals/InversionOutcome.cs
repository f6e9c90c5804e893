namespace Cfgen.Counterfactuals;

/// <summary>Why an inversion ended. Each outcome keeps the best code found so far.</summary>
public enum InversionOutcome
{
    /// <summary>All steps were taken.</summary>
    Finished,

    /// <summary>The loss or an entry of its gradient is not a finite number, on every start or on the one that was followed.</summary>
    NotFinite,

    /// <summary>Someone asked to stop.</summary>
    Cancelled,
}
