namespace Cfgen.StyleGan.StyleGan3;

/// <summary>
/// How a layer resamples along one axis: up - 1 zeros behind each sample, padding, the filter of upsampling with the gain <c>up</c>;
/// the activation; the filter of downsampling, of which every down-th result is kept.
/// </summary>
/// <remarks>Karras et al., "Alias-Free Generative Adversarial Networks", 2021, section 3.1 and appendix C.</remarks>
/// <param name="Length">Samples that go in.</param>
/// <param name="Up">Factor of upsampling.</param>
/// <param name="Down">Factor of downsampling.</param>
/// <param name="PadLow">Zeros in front, at the higher rate; where negative, samples cut off.</param>
/// <param name="PadHigh">Zeros behind, likewise.</param>
/// <param name="UpFilter">Taps of upsampling, the first meets the newest sample: a convolution.</param>
/// <param name="DownFilter">Taps of downsampling; null where the filter is radial.</param>
/// <param name="DownTaps">How many taps the filter of downsampling has.</param>
sealed record ResamplingAxis(int Length, int Up, int Down, int PadLow, int PadHigh, double[] UpFilter, double[]? DownFilter, int DownTaps)
{
    /// <summary>Samples at the higher rate, where the activation is applied.</summary>
    public int MiddleLength => Length * Up + PadLow + PadHigh - UpFilter.Length + 1;

    /// <summary>Samples that come out; zero or fewer where the padding does not suffice.</summary>
    public int OutLength => MiddleLength < DownTaps ? 0 : (MiddleLength - DownTaps) / Down + 1;

    /// <summary>Whether the samples come out as they went in, apart from padding and cropping.</summary>
    public bool IsWithoutFilters => (Up, Down, DownTaps) == (1, 1, 1) && UpFilter is [1] && DownFilter is [1];

    /// <summary>The weight that input sample <paramref name="input"/> has in sample <paramref name="middle"/> of the higher rate.</summary>
    public double UpWeight(int middle, int input)
    {
        int tap = UpFilter.Length - 1 - (input * Up + PadLow - middle);
        return tap >= 0 && tap < UpFilter.Length ? UpFilter[tap] * Up : 0;
    }

    /// <summary>
    /// The weight that sample <paramref name="middle"/> of the higher rate has in output sample <paramref name="output"/>.
    /// </summary>
    public double DownWeight(int output, int middle)
    {
        int tap = DownTaps - 1 - (middle - output * Down);
        return tap >= 0 && tap < DownTaps ? DownFilter![tap] : 0;
    }
}
