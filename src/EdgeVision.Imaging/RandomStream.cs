using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Imaging;

/// <summary>Random numbers that depend on a seed, an epoch and a place alone, so that no number of workers and no order of work changes a sample.</summary>
/// <remarks>SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014). The same numbers on every machine and runtime, which <see cref="Random"/> does not promise. One thread.</remarks>
internal sealed class RandomStream
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;

    private ulong _state;

    private RandomStream(ulong state) => _state = state;

    /// <param name="seed">Of the whole run.</param>
    /// <param name="epoch">Or whatever else is counted.</param>
    /// <param name="index">Of the item in the set.</param>
    public static RandomStream For(long seed, long epoch = 0, long index = 0) => new(Mix(Mix(Mix((ulong)seed) + (ulong)epoch * Golden) + (ulong)index * Golden));

    /// <summary>For what has a name instead of a number.</summary>
    public static RandomStream For(long seed, string purpose) => For(seed, BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(purpose))));

    public ulong NextULong() => Mix(_state += Golden);

    /// <summary>0 (included) to 1 (not).</summary>
    public float NextFloat() => (NextULong() >> 40) * (1f / (1 << 24));

    public float Between(float low, float high) => low + NextFloat() * (high - low);

    /// <summary>0 to <paramref name="count"/> - 1.</summary>
    public int Next(int count) => (int)Math.BigMul(NextULong(), (ulong)count, out _);

    public bool Chance(float probability) => NextFloat() < probability;

    /// <summary>Mean 0, deviation 1 (Box and Muller).</summary>
    public float Normal() => MathF.Sqrt(-2 * MathF.Log(1 - NextFloat())) * MathF.Cos(2 * MathF.PI * NextFloat());

    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var other = Next(i + 1);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
