using Cfgen.Inference;

namespace Cfgen.Explanations;

/// <summary>Errors of networks that give no numbers, or not those that are needed.</summary>
public static class ExplanationErrors
{
    /// <summary>No start of a descent gave an image and a gradient.</summary>
    public static ModelContractException NoImageOfAnyStart(string generator) =>
        new(new("generator-not-finite", "the generator makes no picture, or no gradient, of any start: the values are not numbers")
        {
            Where = generator,
            Fix = "check the generator and what tells where its codes lie",
        });

    internal static ModelContractException NoImageOfCode(NetworkNames names) =>
        new(new("generator-not-finite", "the generator makes no picture of the image's code: its values are not numbers")
        {
            Where = names.Generator,
            Fix = "check the generator and the encoder with other images",
        });

    /// <summary>The classifier gives numbers, and the graph that is searched through does not: it is another one, or its gradient is at
    /// fault.</summary>
    internal static ModelContractException NoProbability(NetworkNames names) =>
        new(new("gradient-not-finite", "the gradient graph gives no probability of the image's code: its values are not numbers")
        {
            Where = names.Objective,
            Found = "not a number",
            Expected = "a finite number",
            Fix = "check the models with other images",
        });

    internal static InputException NoEncoder(string bundle) =>
        new(new("encoder-missing", "the bundle has no encoder, which finds the latent code of an image")
        {
            Where = bundle,
            Fix = "add an encoder to model.json, or give one with --encoder",
        });

    internal static InputException NoCode(NetworkNames names, string image) =>
        new(new("code-not-finite", "the encoder gives no code of the image: its values are not numbers")
        {
            Where = names.Encoder,
            Found = image,
            Fix = "check the encoder with other images",
        });

    internal static InputException SpaceTooSmall() =>
        new(new("space-too-small", "the encoder gives a code for each layer, which a search in W cannot keep apart")
        {
            Where = "--space",
            Found = "w",
            Expected = "w+",
            Fix = "search with --space w+",
        });
}
