using Cfgen.Autodiff.Tests.Cases;

namespace Cfgen.Autodiff.Tests;

/// <summary>Every case of every family.</summary>
static class GradientCases
{
    public static IReadOnlyList<GradientCase> All { get; } =
    [
        .. ElementwiseCases.All,
        .. TrigonometricCases.All,
        .. ActivationCases.All,
        .. PassingCases.All,
        .. BroadcastingCases.All,
        .. MatrixCases.All,
        .. ConvolutionCases.All,
        .. TransposedConvolutionCases.All,
        .. PoolingCases.All,
        .. ShapeCases.All,
        .. SelectionCases.All,
        .. ReductionCases.All,
        .. SoftmaxCases.All,
        .. NormalisationCases.All,
        .. NormCases.All,
        .. ConvolutionWeightCases.All,
        .. PartCases.All,
        .. IndexCases.All,
        .. RearrangementCases.All,
        .. ResizeCases.All,
        .. SamplingCases.All,
        .. EinsumCases.All,
        .. QuantizationCases.All,
    ];
}
