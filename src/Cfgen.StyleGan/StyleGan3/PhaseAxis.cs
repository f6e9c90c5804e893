namespace Cfgen.StyleGan.StyleGan3;

/// <summary>
/// The filters of one axis, taken apart into phases: of <c>d</c> samples at the higher rate, phase q holds those at d m + q. Where up- and
/// downsampling have the same factor d, each phase of the upsampled signal is an ordinary convolution of the input, and the output is
/// the sum of ordinary convolutions of the phases: no zeros are inserted, and no sample is computed that is not kept.
/// </summary>
/// <remarks>
/// The polyphase decomposition: Vaidyanathan, "Multirate Digital Filters, Filter Banks, Polyphase Networks, and Applications", 1990.
/// </remarks>
sealed class PhaseAxis
{
    readonly ResamplingAxis _axis;
    readonly int _first, _last;

    /// <summary>Takes an axis apart.</summary>
    /// <param name="axis">One with the same factor up and down.</param>
    public PhaseAxis(ResamplingAxis axis)
    {
        _axis = axis;
        // Sample m of phase q is a sum over input samples m + s, for which s up + pad - q is within the filter. One range serves all
        // phases.
        _first = (int)Math.Ceiling(-axis.PadLow / (double)axis.Up);
        _last = (int)Math.Floor((axis.UpFilter.Length - 1 + Count - 1 - axis.PadLow) / (double)axis.Up);
        DownTaps = (axis.DownTaps + Count - 1) / Count;
    }

    /// <summary>How many phases there are.</summary>
    public int Count => _axis.Down;

    /// <summary>Taps that a phase takes from the input.</summary>
    public int UpTaps => _last - _first + 1;

    /// <summary>Taps that the output takes from a phase.</summary>
    public int DownTaps { get; }

    /// <summary>Zeros that the input needs in front; where negative, samples of it that nothing needs.</summary>
    public int Low => -_first;

    /// <summary>Zeros that the input needs behind; where negative, samples of it that nothing needs.</summary>
    public int High => _axis.OutLength + DownTaps - 1 + _last - _axis.Length;

    /// <summary>The weights that make phase q of the input, in the order of the samples.</summary>
    public double[] Up(int q) => [.. Enumerable.Range(_first, UpTaps).Select(s => _axis.UpWeight(q, s))];

    /// <summary>The weights that carry phase q to the output, in the order of the samples.</summary>
    public double[] Down(int q) => [.. Enumerable.Range(0, DownTaps).Select(t => _axis.DownWeight(0, Count * t + q))];
}
