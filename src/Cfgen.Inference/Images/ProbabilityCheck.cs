using System.Globalization;
using Cfgen.Inference.Bundles;

namespace Cfgen.Inference.Images;

/// <summary>Whether a classifier gives what it is said to give.</summary>
static class ProbabilityCheck
{
    /// <summary>How far probabilities may be from summing to 1: a thousand of them in half precision are up to 0.005 away.</summary>
    const double Tolerance = 0.01;

    /// <summary>Checks the output for one picture.</summary>
    /// <param name="output">[K].</param>
    /// <param name="kind">Not logits.</param>
    /// <param name="classifier">Path of the model.</param>
    /// <param name="picture">What the picture is called.</param>
    /// <exception cref="ModelContractException">A value is no number or no probability, or probabilities of classes do not sum to
    /// 1.</exception>
    public static void Check(ReadOnlySpan<float> output, ClassifierOutput kind, string classifier, string picture)
    {
        if (kind is ClassifierOutput.Logit or ClassifierOutput.Logits) return;
        double smallest = double.PositiveInfinity, largest = double.NegativeInfinity, sum = 0;
        foreach (float p in output)
        {
            if (!float.IsFinite(p)) throw NotFinite(classifier, picture);
            (smallest, largest, sum) = (Math.Min(smallest, p), Math.Max(largest, p), sum + p);
        }
        bool sums = kind != ClassifierOutput.Probabilities || Math.Abs(sum - 1) <= Tolerance;
        if (smallest >= -Tolerance && largest <= 1 + Tolerance && sums) return;
        string values = string.Create(CultureInfo.InvariantCulture, $"values from {smallest:0.####} to {largest:0.####}");
        bool classes = kind == ClassifierOutput.Probabilities;
        throw new ModelContractException(new("classifier-not-probabilities",
            "the classifier's output does not hold the probabilities that it is said to hold")
        {
            Where = classifier,
            Found = (classes ? string.Create(CultureInfo.InvariantCulture, $"{values} that sum to {sum:0.####}") : values)
                + $", for {picture}",
            Expected = classes ? "values from 0 to 1 that sum to 1" : "values from 0 to 1",
            Fix = classes && smallest >= 0 && largest <= 1
                ? "say \"kind\": \"labels\" in 'classifier' of model.json if the outputs are labels of their own; else export the "
                    + "model up to its logits"
                : $"say \"kind\": \"{(kind == ClassifierOutput.Sigmoid ? "logit" : "logits")}\" in 'classifier' of model.json, or "
                    + "leave \"kind\" out",
        });
    }

    /// <summary>The error for an output that is no number.</summary>
    public static ModelContractException NotFinite(string classifier, string picture) =>
        new(new("classifier-not-finite", "the classifier gives no probabilities of a picture: its values are not numbers")
        {
            Where = classifier,
            Found = $"not a number, for {picture}",
            Expected = "a finite number for every class",
            Fix = "check the classifier with other pictures, and its preprocessing; one of half precision may need --compute-float32",
        });
}
