using Cfgen.Autodiff.Tests.Families;
using Cfgen.Inference.Gradients;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>
/// The graph for other runtimes gives the gradients of the one that is written for ONNX Runtime's CPU kernels, and holds nothing of its
/// forms.
/// </summary>
public sealed class PortableTests
{
    /// <summary>Opset from which on gradients can add at indices.</summary>
    const int Adding = 16;

    /// <summary>Numbers beyond this are tricks: devices that shorten float32 may round them to infinity.</summary>
    const double Huge = 1e30;

    static readonly Dictionary<string, GradientCase> s_cases = GradientCases.All.ToDictionary(c => c.ToString());

    static readonly Dictionary<string, Func<ModelProto>> s_networks = new(StringComparer.Ordinal)
    {
        ["EfficientNet"] = () => EfficientNetNetwork.Of(18, null),
        ["GhostNet"] = () => GhostNetNetwork.Of(18, null),
        ["InceptionNeXt"] = () => InceptionNextNetwork.Of(18, null),
        ["MLP-Mixer"] = () => MixerNetwork.Of(18, null),
        ["MobileNetV3"] = () => MobileNetV3Network.Of(18, null),
        ["ShuffleNet"] = () => ShuffleNetNetwork.First(18, null),
        ["Swin"] = () => SwinNetwork.Of(18, null, cosine: false),
        ["XCiT"] = () => XcitNetwork.Of(18, null),
    };

    public static TheoryData<string, int> CasesAndOpsets =>
        [.. from c in GradientCases.All from opset in c.Opsets where opset >= Adding select (c.ToString(), opset)];

    public static TheoryData<string> Networks => [.. s_networks.Keys];

    [Theory]
    [MemberData(nameof(CasesAndOpsets))]
    public void Every_rule_gives_what_the_forms_for_a_CPU_give(string name, int opset)
    {
        GradientCase c = s_cases[name];
        Random random = new(20);
        (ModelProto model, Dictionary<string, Tensor> feeds) = Models.Of(c, opset, random);
        string[] variables = [.. Models.Variables(c)];
        IReadOnlyDictionary<string, TensorType> types = ModelTypes.Read(model, name);
        ModelProto Differentiated(GradientTarget target) => GradientGraph.Differentiate(
            model, new("y") { Gradients = variables.ToDictionary(v => v, v => $"d{v}"), Cotangent = "dy", Target = target }, types);

        ModelProto cpu = Differentiated(GradientTarget.Cpu), portable = Differentiated(GradientTarget.Portable);

        AssertPlain(portable);
        if (portable.Equals(cpu)) return;
        Tensor y = RunningModel.Run(model, feeds, "y")[0];
        feeds["dy"] = Tensor.Draw(y.Type, y.Shape, random, 0.5, 1.5);
        string[] gradients = [.. variables.Select(v => $"d{v}")];
        Tensor[] expected = RunningModel.Run(cpu, feeds, gradients), actual = RunningModel.Run(portable, feeds, gradients);
        for (int i = 0; i < gradients.Length; i++) AssertClose(expected[i], actual[i]);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_whole_network_has_the_same_gradient(string name)
    {
        ModelProto model = s_networks[name]();
        ModelProto cpu = GradientFile.Build(model, name, new());
        ModelProto portable = GradientFile.Build(model, name, new() { Target = GradientTarget.Portable });
        AssertPlain(portable);
        Assert.NotEqual(cpu, portable);
        Random random = new(3);
        IEnumerable<long> image = model.Graph.Input[0].Type.TensorType.Shape.Dim.Skip(1).Select(d => d.DimValue);
        Dictionary<string, Tensor> feeds = new() { [ExportedNetwork.Image] = Tensor.Draw(DataType.Float, [2, .. image], random) };
        Tensor logits = RunningModel.Run(model, feeds, ExportedNetwork.Logits)[0];
        feeds[GradientFile.CotangentOf(ExportedNetwork.Logits)] = Tensor.Draw(DataType.Float, logits.Shape, random);
        string gradient = GradientFile.GradientOf(ExportedNetwork.Image);
        AssertClose(RunningModel.Run(cpu, feeds, gradient)[0], RunningModel.Run(portable, feeds, gradient)[0]);
    }

    /// <summary>No slopes made of huge numbers or limits: neither among the constants nor among the attributes of the gradients.</summary>
    static void AssertPlain(ModelProto portable)
    {
        NodeProto[] gradients = [.. portable.Graph.Node.Where(n => n.Name.StartsWith("gradient/", StringComparison.Ordinal))];
        Assert.DoesNotContain(gradients, n => n.OpType == "HardSigmoid");
        Assert.DoesNotContain(gradients.SelectMany(n => n.Attribute), a => Math.Abs(a.F) > Huge);
        IEnumerable<TensorProto> constants = portable.Graph.Initializer.Where(t =>
            t.Name.StartsWith("gradient/", StringComparison.Ordinal) && ConstantArithmetic.CanCompute(t));
        Assert.DoesNotContain(constants.SelectMany(t => t.ToDoubles()), v => Math.Abs(v) > Huge);
    }

    static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        double allowed = (expected.Type is DataType.Double ? 1e-12 : 2e-5) * Math.Max(1, expected.Values.Max(Math.Abs));
        Assert.Equal(expected.Values, actual.Values, (a, b) => Math.Abs(a - b) <= allowed);
    }
}
