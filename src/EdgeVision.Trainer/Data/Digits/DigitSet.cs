using System.Buffers.Binary;
using EdgeVision.Compression;

namespace EdgeVision.Trainer;

/// <summary>Rendered digits as idx files, the form that MNIST has: every reader of that reads these.</summary>
internal static class DigitSet
{
    private const int Digits = 10;

    /// <summary>As many of each digit as of the others, in turn: 0, 1, ... 9, 0, ...</summary>
    /// <param name="count">Pictures, 1 to 1,000,000.</param>
    /// <exception cref="TrainerException">The folder is there already.</exception>
    public static void Write(string folder, int count, long seed)
    {
        if (Path.Exists(folder))
        {
            throw new TrainerException($"{folder} is there already: give a new folder with --out.");
        }

        var pictures = new byte[count][];
        Parallel.For(0, count, i => pictures[i] = DigitRenderer.Render(i % Digits, RandomStream.For(seed, 0, i)));
        using var draft = new DraftDirectory(folder);
        File.WriteAllBytes(Path.Combine(draft.Path, "digits-images-idx3-ubyte"), [.. Header(count, DigitRenderer.Side, DigitRenderer.Side), .. pictures.SelectMany(picture => picture)]);
        File.WriteAllBytes(Path.Combine(draft.Path, "digits-labels-idx1-ubyte"), [.. Header(count), .. Enumerable.Range(0, count).Select(i => (byte)(i % Digits))]);
        draft.Publish();
    }

    private static byte[] Header(params ReadOnlySpan<int> lengths)
    {
        const byte unsignedByte = 8;
        var header = new byte[4 + 4 * lengths.Length];
        (header[2], header[3]) = (unsignedByte, (byte)lengths.Length);
        for (var i = 0; i < lengths.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), lengths[i]);
        }

        return header;
    }
}
