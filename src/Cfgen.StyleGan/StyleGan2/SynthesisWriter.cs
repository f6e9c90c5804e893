using Cfgen.StyleGan.Generators;
using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.StyleGan.StyleGan2;

/// <summary>Writes the nodes of a synthesis network, from codes [N, num_ws, w_dim] to the picture [N, C, H, W].</summary>
/// <param name="layout">The network.</param>
/// <param name="graph">Where to write to.</param>
/// <param name="precision">What its convolutions are computed with.</param>
sealed class SynthesisWriter(SynthesisLayout layout, NetworkGraph graph, GeneratorPrecision precision)
{
    static readonly double s_residualGain = Math.Sqrt(0.5); // keeps the variance of a sum of two

    /// <summary>Appends the network and returns its picture.</summary>
    /// <param name="ws">The codes.</param>
    public string Write(string ws)
    {
        string[] codes = Codes(ws);
        string? x = null, image = null;
        int first = 0;
        foreach (SynthesisBlock block in layout.Blocks)
        {
            LayerWriter writer = new(
                graph, $"synthesis/b{block.Resolution}", precision == GeneratorPrecision.Float16 && block.TrainedInHalf);
            ReadOnlySpan<string> own = codes.AsSpan(first, block.Convolutions + 1);
            x = Convolutions(writer, block, x, own);
            if (image is not null) image = Upsampling.Image(writer.Part("image"), image, layout.ImageChannels, block.ImageFilter);
            if (block.ToRgb is { } layer)
            {
                string colours = ColourWriter.Write(writer.Part("torgb"), layer, block.Resolution, x, own[^1]);
                image = image is null ? colours : writer.Node("image", "Add", [image, colours]);
            }
            first += block.Convolutions; // the picture's code is the next block's first one too
        }
        return image!; // the last block always has one
    }

    /// <summary>The codes one by one, each [N, w_dim].</summary>
    string[] Codes(string ws)
    {
        string[] names = [.. Enumerable.Range(0, layout.NumWs).Select(i => $"synthesis/w{i}")];
        string[] rows = graph.Nodes(
            [.. names.Select(n => $"{n}/row")], "synthesis/ws", "Split", [ws], Attribute("axis", 1L),
            Attribute("num_outputs", layout.NumWs));
        return [.. rows.Zip(names, (row, name) => graph.Node(name, "Squeeze", [row, graph.Longs(1)]))];
    }

    static string Convolutions(LayerWriter writer, SynthesisBlock block, string? x, ReadOnlySpan<string> codes)
    {
        LayerWriter conv1 = writer.Part("conv1");
        if (x is null)
            return StyledWriter.Write(
                conv1, block.Conv1, writer.Weight("const", block.Const!, 1, block.Conv1.Inputs, block.Resolution, block.Resolution),
                codes[0]);
        string y = StyledWriter.Write(writer.Part("conv0"), block.Conv0!, x, codes[0]);
        if (block.Skip is not { } skip) return StyledWriter.Write(conv1, block.Conv1, y, codes[1]);
        y = StyledWriter.Write(conv1, block.Conv1, y, codes[1], s_residualGain);
        return writer.Node("sum", "Add", [y, Skipped(writer.Part("skip"), skip, x)]);
    }

    static string Skipped(LayerWriter writer, SkipLayer layer, string x)
    {
        float[] weight = Array.ConvertAll(layer.Weight, v => (float)(v * s_residualGain));
        string input = writer.ToKernel("input", x);
        string y = Upsampling.Convolved(writer, input, weight, layer.Outputs, layer.Inputs, kernel: 1, layer.Enlargement);
        return writer.FromKernel("output", y);
    }
}
