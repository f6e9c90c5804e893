namespace Cfgen.Counterfactuals.Numerics;

/// <summary>The generator MT19937: uniformly distributed numbers of 32 bits with a period of 2^19937 - 1.</summary>
/// <remarks>M. Matsumoto, T. Nishimura, "Mersenne Twister", ACM Transactions on Modeling and Computer Simulation 8 (1998); seeded as the
/// authors' code of 2002 does it with one number.</remarks>
sealed class MersenneTwister
{
    const int Length = 624, Shift = 397;

    const uint UpperBit = 0x80000000, LowerBits = 0x7fffffff, Twist = 0x9908b0df;

    readonly uint[] _state = new uint[Length];
    int _position = Length;

    /// <summary>Starts the sequence that belongs to a seed.</summary>
    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        // Knuth's multiplier for linear congruential generators spreads the few bits of a small seed over the whole _state.
        for (uint i = 1; i < Length; i++) _state[i] = 1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30)) + i;
    }

    /// <summary>The next number, 0 to 2^32 - 1.</summary>
    public uint NextUInt32()
    {
        if (_position == Length) Refill();
        uint y = _state[_position++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    /// <summary>The next number of 53 random bits in [0, 1), made of two of 32 bits.</summary>
    public double NextDouble()
    {
        uint high = NextUInt32() >> 5, low = NextUInt32() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0; // 2^26 and 2^53
    }

    void Refill()
    {
        for (int i = 0; i < Length; i++)
        {
            uint y = (_state[i] & UpperBit) | (_state[(i + 1) % Length] & LowerBits);
            _state[i] = _state[(i + Shift) % Length] ^ (y >> 1) ^ ((y & 1) * Twist);
        }
        _position = 0;
    }
}
