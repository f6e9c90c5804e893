namespace Cfgen.Autodiff;

/// <summary>What shape the gradient that a rule returns for an input has, before the loop undoes broadcasting.</summary>
enum GradientExtent
{
    /// <summary>Already the input's own shape.</summary>
    Input,

    /// <summary>The output's shape: the operator repeated the input along the axes where they differ.</summary>
    Output,

    /// <summary>The output's batch axes and the input's own last two: a matrix product repeated the input along the batch axes.</summary>
    MatrixBatch,
}
