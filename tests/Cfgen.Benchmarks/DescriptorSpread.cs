using System.Globalization;
using Cfgen.Descriptors;
using Cfgen.Inference.Bundles;

namespace Cfgen.Benchmarks;

/// <summary>
/// Standard deviation of each descriptor over a folder of pictures: what <c>model.json</c> needs to make importances comparable.
/// </summary>
static class DescriptorSpread
{
    public static IEnumerable<string> Run(string folder)
    {
        ImageSpec spec = Samples.Bundle().Manifest.Image;
        Dictionary<string, List<double>> values = [];
        foreach ((_, float[] image) in Samples.Load(folder, spec))
        {
            foreach (DescriptorValue value in Measurements.Measure(GrayImage.FromPlanar(
                image, spec.Channels, spec.Height, spec.Width, spec.Range[0], spec.Range[1])))
            {
                if (!values.TryGetValue(value.Name, out List<double>? all)) values[value.Name] = all = [];
                all.Add(value.Value);
            }
        }
        return values.Select(v => string.Create(CultureInfo.InvariantCulture, $"      \"{v.Key}\": {StandardDeviation(v.Value):0.####},"));
    }

    static double StandardDeviation(List<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}
