using Cfgen.Inference.Runtime;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Benchmarks;

/// <summary>Values for every input of a model at a batch of 1: numbers in [-1, 1], or zeros where the input takes integers.</summary>
static class DrawnFeeds
{
    public static Dictionary<string, OrtValue> Of(ModelSession session)
    {
        Random random = new(0);
        return session.Inputs.ToDictionary(input => input.Key, input => Draw(input.Value, random));
    }

    static OrtValue Draw(NodeMetadata port, Random random)
    {
        long[] shape = [.. port.Dimensions.Select(d => Math.Max(d, 1L))];
        long length = shape.Aggregate(1L, (a, b) => a * b);
        return port.ElementType == typeof(long)
            ? OrtValue.CreateTensorValueFromMemory(new long[length], shape)
            : OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(new float[length], _ => random.NextSingle() * 2 - 1), shape);
    }
}
