using Cfgen.StyleGan.Generators;
using static Cfgen.OnnxFormat.Attributes;

namespace Cfgen.StyleGan.StyleGan3;

/// <summary>
/// Resampling by phases: see <see cref="PhaseAxis"/>. Every filter is a convolution of one channel each with stride one, whose gradient is
/// one too.
/// </summary>
sealed class PhaseActivation(NetworkGraph graph, SynthesisLayerPlan plan, string at)
{
    readonly PhaseAxis _x = new(plan.X), _y = new(plan.Y);

    /// <summary>Appends it.</summary>
    /// <param name="x">[N, C, h, w].</param>
    /// <param name="gain">A factor on what is activated.</param>
    /// <param name="activate">Appends the activation of a phase, whose names end as told.</param>
    public string Append(string x, double gain, Func<string, string, string> activate)
    {
        x = Crop(x);
        string[,] phases = new string[_y.Count, _x.Count];
        for (int r = 0; r < _x.Count; r++)
        {
            string along = Filter(
                x, $"{at}/upsampled_x{r}", [.. _x.Up(r).Select(t => t * gain)], 1, _x.UpTaps,
                [0, Math.Max(_x.Low, 0), 0, Math.Max(_x.High, 0)]);
            for (int q = 0; q < _y.Count; q++)
            {
                string phase =
                    Filter(along, $"{at}/upsampled_x{r}_y{q}", _y.Up(q), _y.UpTaps, 1, [Math.Max(_y.Low, 0), 0, Math.Max(_y.High, 0), 0]);
                phases[q, r] = activate(phase, $"_x{r}_y{q}");
            }
        }
        return plan.RadialFilter is null ? Down(phases) : DownRadial(phases, plan.RadialFilter);
    }

    string Down(string[,] phases)
    {
        List<string> columns = [];
        for (int r = 0; r < _x.Count; r++)
        {
            List<string> rows = [];
            for (int q = 0; q < _y.Count; q++)
                rows.Add(Filter(phases[q, r], $"{at}/downsampled_x{r}_y{q}", _y.Down(q), _y.DownTaps, 1, [0, 0, 0, 0]));
            columns.Add(Filter(
                Sum(rows, $"{at}/downsampled_y_of_x{r}"), $"{at}/downsampled_x{r}", _x.Down(r), 1, _x.DownTaps, [0, 0, 0, 0]));
        }
        return Sum(columns, $"{at}/downsampled");
    }

    string DownRadial(string[,] phases, float[] filter)
    {
        List<string> parts = [];
        for (int r = 0; r < _x.Count; r++)
        {
            for (int q = 0; q < _y.Count; q++)
            {
                double[] kernel = [.. from y in Enumerable.Range(0, _y.DownTaps) from x in Enumerable.Range(0, _x.DownTaps)
                    select Weight(_y.Count * y + q, _x.Count * x + r)];
                parts.Add(Filter(phases[q, r], $"{at}/downsampled_x{r}_y{q}", kernel, _y.DownTaps, _x.DownTaps, [0, 0, 0, 0]));
            }
        }
        return Sum(parts, $"{at}/downsampled");

        // The filter is one of a convolution: its last tap meets the first sample.
        double Weight(int y, int x) =>
            y < plan.Y.DownTaps && x < plan.X.DownTaps ? filter[(plan.Y.DownTaps - 1 - y) * plan.X.DownTaps + plan.X.DownTaps - 1 - x] : 0;
    }

    /// <summary>Cuts off the input's samples that no phase needs, for a convolution cannot do with less than nothing around it.</summary>
    string Crop(string x)
    {
        (long left, long right, long top, long bottom) =
            (Math.Max(-_x.Low, 0), Math.Max(-_x.High, 0), Math.Max(-_y.Low, 0), Math.Max(-_y.High, 0));
        return (left, right, top, bottom) == (0, 0, 0, 0)
            ? x
            : graph.Node(
                $"{at}/cropped", "Slice",
                [x, graph.Longs(top, left), graph.Longs(plan.Y.Length - bottom, plan.X.Length - right), graph.Longs(2, 3)]);
    }

    string Filter(string x, string name, double[] taps, int rows, int columns, long[] pads)
    {
        float[] kernels = [.. Enumerable.Repeat(taps, plan.OutChannels).SelectMany(t => t.Select(v => (float)v))];
        return graph.Node(name, "Conv", [x, graph.Weight($"{name}/filter", plan.IsHalf, kernels, plan.OutChannels, 1, rows, columns)],
            Attribute("group", plan.OutChannels), Attribute("pads", pads));
    }

    string Sum(List<string> parts, string name)
    {
        string sum = parts[0];
        for (int i = 1; i < parts.Count; i++) sum = graph.Node(i == parts.Count - 1 ? name : $"{name}/part{i}", "Add", [sum, parts[i]]);
        return sum;
    }
}
