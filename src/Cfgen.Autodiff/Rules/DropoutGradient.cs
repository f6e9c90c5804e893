namespace Cfgen.Autodiff.Rules;

/// <summary>y = x when the network is used rather than trained: dx = dy.</summary>
static class DropoutGradient
{
    public static string?[] Rule(GradientContext n)
    {
        if (n.Has(2) && n.ConstantLongs(2) is not [0]) throw n.Refuse("training_mode 1", "a model exported for use");
        return [n.OutputGradient];
    }
}
