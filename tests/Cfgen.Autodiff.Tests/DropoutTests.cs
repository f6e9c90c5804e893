using static Cfgen.Autodiff.Tests.Operand;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Autodiff.Tests;

/// <summary>
/// A Dropout exported as in training, as a functional one is where nobody told it otherwise: harmless if it drops nothing.
/// </summary>
public sealed class DropoutTests
{
    static readonly Operand s_training = new Operand(OperandRole.Constant) { Type = DataType.Bool }.Of(1);

    [Theory]
    [InlineData(13)]
    [InlineData(21)]
    public void One_of_ratio_0_passes_the_gradient(int opset)
    {
        double[] gradient = Gradients.Of(new GradientCase("Dropout", "of nothing", Variable(2, 3), Number(0), s_training), opset);
        Assert.Equal([1, 1, 1, 1, 1, 1], gradient);
    }

    [Fact]
    public void One_of_the_default_ratio_is_refused()
    {
        NotDifferentiableException e = Assert.Throws<NotDifferentiableException>(
            () => Gradients.Of(new GradientCase("Dropout", "of half", Variable(2, 3), Absent, s_training)));
        Assert.Contains("training_mode 1", e.Message);
    }
}
