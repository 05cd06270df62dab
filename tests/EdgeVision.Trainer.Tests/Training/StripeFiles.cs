using System.Buffers.Binary;

namespace EdgeVision.Trainer.Tests.Training;

/// <summary><see cref="Stripes"/> as a set on the disk, in MNIST's form.</summary>
internal static class StripeFiles
{
    /// <returns>The folder.</returns>
    public static string Write(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        var set = Stripes.Draw(count, seed: 1);
        File.WriteAllBytes(Path.Combine(folder, "train-images-idx3-ubyte"), [.. Header(8, count, Stripes.Size, Stripes.Size), .. set.Pixels]);
        File.WriteAllBytes(Path.Combine(folder, "train-labels-idx1-ubyte"), [.. Header(8, count), .. set.Labels.Select(label => (byte)label)]);
        return folder;
    }

    private static byte[] Header(byte type, params int[] lengths)
    {
        var header = new byte[4 + 4 * lengths.Length];
        (header[2], header[3]) = (type, (byte)lengths.Length);
        for (var i = 0; i < lengths.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), lengths[i]);
        }

        return header;
    }
}
