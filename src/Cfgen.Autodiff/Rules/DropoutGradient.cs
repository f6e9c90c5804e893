using Cfgen.OnnxFormat;

namespace Cfgen.Autodiff.Rules;

/// <summary>y = x when the network is used rather than trained, or trained to drop nothing: dx = dy.</summary>
static class DropoutGradient
{
    public static string?[] Rule(GradientContext n)
    {
        // Functional dropouts train by default: exporters write training_mode 1 beside the ratio 0 that the network was built with.
        if (n.Has(2) && n.ConstantLongs(2) is not [0] && !DropsNothing(n))
            throw n.Refuse("training_mode 1", "a model exported for use, or ratio 0");
        return [n.OutputGradient];
    }

    static bool DropsNothing(GradientContext n) => n.Has(1) && n.Ops.Constant(n.Input(1))?.ToDoubles() is [0];
}
