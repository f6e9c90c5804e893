using System.Globalization;
using Cfgen.Inference.Gradients;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Benchmarks;

/// <summary>
/// Checks the gradients of one node test, input by input: all other inputs are constants of the values that the test gives
/// them, so that an operator's sizes, axes and indices are known, as they are in a network.
/// </summary>
static class NodeTestCheck
{
    const string TrainingDomain = "ai.onnx.preview.training";

    /// <summary>Runs the test in a folder.</summary>
    public static NodeTestOutcome Run(string folder)
    {
        (string name, string kind) = (Path.GetFileName(folder), NodeTest.OperatorOf(folder));
        try
        {
            NodeTest test = NodeTest.Load(folder);
            if (WhyNotChecked(test) is { } reason) return new(name, kind, NodeTestVerdict.Skipped, reason);
            return Check(test);
        }
        catch (CfgenException e)
        {
            return new(name, kind, NodeTestVerdict.Refused, Sentence(e.Problem));
        }
    }

    static NodeTestOutcome Check(NodeTest test)
    {
        bool checkedOne = false;
        CfgenException? resized = null;
        foreach (TensorProto input in test.Inputs.OfType<TensorProto>().Where(t => IsReal(t.DataType) && t.ElementCount() > 0))
        {
            ModelProto model = WithOneInput(test, input);
            GradientSettings made = GradientFile.Resolve(model, test.Name, new() { WithRespectTo = [input.Name] });
            ModelProto gradient;
            try
            {
                gradient = GradientFile.Build(model, test.Name, made);
            }
            catch (CfgenException e) when (e.Problem.Code == "no-dependence")
            {
                continue; // the table has a zero derivative here
            }
            catch (CfgenException e) when (e.Problem.Code == "shape-unknown")
            {
                resized = e; // as by the scales of a Resize: no harm where the gradient is that of another input
                continue;
            }
            checkedOne = true;
            if (Compare(gradient, made, test, input) is { } error)
                return Outcome(test, NodeTestVerdict.Disagrees, $"input '{input.Name}': {error}");
        }
        if (checkedOne) return Outcome(test, NodeTestVerdict.Passed, "");
        return resized is null
            ? Outcome(test, NodeTestVerdict.Skipped, "a derivative of zero, by the table")
            : Outcome(test, NodeTestVerdict.Refused, Sentence(resized.Problem));
    }

    /// <summary>
    /// At the test's own numbers; where the operator has a kink or an edge there, at numbers near them, and where all of the test's numbers
    /// saturate it, at a tenth of them. The error, null where there is none.
    /// </summary>
    static string? Compare(ModelProto gradient, GradientSettings made, NodeTest test, TensorProto input)
    {
        const double Saturated = 1e-4; // a derivative so small is lost in the rounding of a function near its bound
        double[] given = input.ToDoubles();
        GradientCheckResult here = At(given);
        if (here.Verdict is GradientVerdict.Agrees) return null;
        if (here.Worst.IsKink || !double.IsFinite(here.Worst.Error))
        {
            Random random = new(0);
            GradientCheckResult near = At(Array.ConvertAll(given, x => x * (1 + 0.1 * random.NextDouble()) + 0.01 * random.NextDouble()));
            if (near.Verdict is GradientVerdict.Agrees) return null;
        }
        if (Math.Max(Math.Abs(here.Worst.Gradient), Math.Abs(here.Worst.Difference)) < Saturated && !test.IsScaled
            && Check(test.Scaled(0.1)).Verdict is NodeTestVerdict.Passed)
            return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"error {here.Worst.Error:0.###}, gradient {here.Worst.Gradient:g6}, difference {here.Worst.Difference:g6}");

        GradientCheckResult At(double[] values) =>
            GradientCheck.Run(
                gradient, made, test.Name, new() { Points = 1, At = new Dictionary<string, double[]> { [input.Name] = values } },
                CancellationToken.None);
    }

    /// <summary>The model with one input left, of the shape that the test gives it.</summary>
    static ModelProto WithOneInput(NodeTest test, TensorProto input)
    {
        ModelProto model = test.Model.Clone();
        foreach (TensorProto constant in test.Inputs.OfType<TensorProto>().Where(t => t != input)) model.Graph.Initializer.Add(constant);
        ValueInfoProto left = model.Graph.Input.Single(i => i.Name == input.Name);
        left.Type.TensorType.Shape = new() { Dim = { input.Dims.Select(d => new TensorShapeProto.Types.Dimension { DimValue = d }) } };
        model.Graph.Input.Clear();
        model.Graph.Input.Add(left);
        model.IrVersion = Math.Max(model.IrVersion, 4); // before it every initializer had to be an input too
        return model;
    }

    static string? WhyNotChecked(NodeTest test)
    {
        if (test.Inputs.Contains(null) || test.Model.Graph.Output.Any(o => o.Type?.TensorType is null))
            return "sequences or optional values";
        if (!test.Inputs.Any(t => IsReal(t!.DataType))) return "no input of float or double";
        if (!test.Model.Graph.Output.Any(o => IsReal(o.Type.TensorType.ElemType))) return "no output of float or double";
        return test.Model.Graph.Node.Any(n => Trains(n, test)) ? "training" : null;
    }

    static bool Trains(NodeProto node, NodeTest test) =>
        node.Domain == TrainingDomain
        || node.Attribute.Any(a => a is { Name: "training_mode", I: not 0 })
        || node.OpType == "Dropout" && node.Input.ElementAtOrDefault(2) is { Length: > 0 } mode
            && test.Inputs.Concat(test.Model.Graph.Constants().Values).Any(t => t!.Name == mode && t.ToLongs()[0] != 0);

    static bool IsReal(int type) => (DataType)type is DataType.Float or DataType.Double;

    static NodeTestOutcome Outcome(NodeTest test, NodeTestVerdict verdict, string reason) => new(test.Name, test.Operator, verdict, reason);

    static string Sentence(Problem problem) =>
        $"{problem.Code}: {problem.Found ?? $"{problem.What} ({problem.Where})"}".ReplaceLineEndings(" ");
}
