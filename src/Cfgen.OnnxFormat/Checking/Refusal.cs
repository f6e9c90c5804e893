namespace Cfgen.OnnxFormat.Checking;

/// <summary>Words an error about one part of a model.</summary>
/// <param name="model">What the model is called: usually its path.</param>
sealed class Refusal(string model)
{
    const string UsualFix = "export the model again";

    /// <summary>The error of a node.</summary>
    public ModelFormatException Of(NodeProto node, string code, string what, string found, string expected, string fix = UsualFix) =>
        Of($"node '{node.DisplayName()}' ({node.OpType})", code, what, found, expected, fix);

    /// <summary>The error of another part, such as a graph or an initializer.</summary>
    public ModelFormatException Of(string part, string code, string what, string found, string expected, string fix = UsualFix) =>
        new(new(code, what) { Where = $"{model}, {part}", Found = found, Expected = expected, Fix = fix });
}
