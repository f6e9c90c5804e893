using System.CommandLine;

namespace Cfgen.Cli.CommandLine;

/// <summary>The option that several commands have for models of half precision.</summary>
static class Precision
{
    /// <summary><c>--compute-float32</c>.</summary>
    public static Option<bool> ComputeFloat32() => new("--compute-float32")
    {
        Description = "Compute in float32 what the models compute in float16 or bfloat16; inputs and outputs are float32 then.",
        Arity = ArgumentArity.Zero,
    };
}
