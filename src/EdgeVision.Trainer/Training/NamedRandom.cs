using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EdgeVision.Trainer.Training;

/// <summary>Sources of chance that depend on the seed and on what they are for alone, so that one more of them changes none of the others.</summary>
internal static class NamedRandom
{
    public static Random For(long seed, string purpose) => new(BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {purpose}"))));

    /// <summary>0 to <paramref name="count"/> - 1, shuffled.</summary>
    public static int[] Order(int count, long seed, string purpose)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        For(seed, purpose).Shuffle(order);
        return order;
    }
}
