using System.Globalization;
using Cfgen.Autodiff;
using Cfgen.Inference.Gradients;
using Cfgen.OnnxFormat;

namespace Cfgen.Benchmarks;

/// <summary>
/// What the gradient graph for a CPU is worth against the portable one, and what each of its forms is worth alone: on the networks
/// among the test fixtures, as they are and for images of 224 pixels.
/// </summary>
static class FormsMeasurement
{
    const long Side = 224;

    static readonly string[] s_enlarged = ["convnext", "densenet", "mobilenet_v2", "resnet", "squeezenet"];

    public static IEnumerable<string> Run()
    {
        yield return "| network | form | with | without | ratio |";
        yield return "| --- | --- | --- | --- | --- |";
        foreach ((string name, ModelProto model) in Networks())
        {
            ModelProto all = GradientFile.Build(model, name, new());
            ModelProto portable = GradientFile.Build(model, name, new() { Target = GradientTarget.Portable });
            yield return Row(name, "all of them (portable)", all, portable);
            foreach (string form in GradientGraph.CpuFormNames)
            {
                ModelProto without = GradientFile.Build(model, name, new() { WithoutForms = [form] });
                if (!without.Equals(all)) yield return Row(name, form, all, without);
            }
        }
    }

    /// <summary>The ratio of two models' times.</summary>
    public static string Compare(string first, string second) =>
        Row(Path.GetFileNameWithoutExtension(first), Path.GetFileNameWithoutExtension(second), OnnxFile.Load(first), OnnxFile.Load(second));

    static IEnumerable<(string Name, ModelProto Model)> Networks()
    {
        foreach ((string name, string path) in FixtureNetworks.All()) yield return (name, OnnxFile.Load(path));
        foreach ((string name, string path) in FixtureNetworks.All().Where(network => s_enlarged.Contains(network.Name)))
            yield return ($"{name}, {Side} pixels", Enlarged(OnnxFile.Load(path)));
        yield return ($"inverted residuals, drawn, {Side} pixels", DrawnNetworks.InvertedResiduals());
        yield return ($"transformer, drawn, {Side} pixels", DrawnNetworks.Transformer());
    }

    /// <summary>The same network for larger images: all that depends on their size is a mean over what is left of them.</summary>
    static ModelProto Enlarged(ModelProto model)
    {
        model.Graph.ValueInfo.Clear();
        foreach (TensorShapeProto shape in model.Graph.Input.Select(input => input.Type.TensorType.Shape))
        {
            for (int axis = 2; axis < shape.Dim.Count; axis++) shape.Dim[axis].DimValue = Side;
        }
        return model;
    }

    static string Row(string name, string form, ModelProto with, ModelProto without)
    {
        (double first, double second) = PairedTiming.Run(with, without);
        return string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {form} | {first:0.000} ms | {second:0.000} ms | {second / first:0.00} |");
    }
}
