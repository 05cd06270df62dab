using System.Buffers.Binary;
using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Tests.Training;

/// <summary>Pictures of 8x8 with a bright row (class 0) or column (class 1) at random places over noise, on the disk in MNIST's form: learnt in seconds.</summary>
internal static class Stripes
{
    public const int Size = 8;

    private const byte Unsigned = 8;

    /// <returns>The folder.</returns>
    public static string Write(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        var random = RandomStream.For(1, "stripes");
        var pixels = new byte[count * Size * Size];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)random.Next(256);
        }

        for (var i = 0; i < count; i++)
        {
            var place = random.Next(Size);
            for (var j = 0; j < Size; j++)
            {
                pixels[i * Size * Size + (LabelOf(i) == 0 ? place * Size + j : j * Size + place)] = 255;
            }
        }

        File.WriteAllBytes(Path.Combine(folder, "train-images-idx3-ubyte"), [.. Header(count, Size, Size), .. pixels]);
        File.WriteAllBytes(Path.Combine(folder, "train-labels-idx1-ubyte"), [.. Header(count), .. Enumerable.Range(0, count).Select(LabelOf)]);
        return folder;
    }

    /// <summary>With all that keeps something from step to step: a normalisation's statistics, and dropout's chance.</summary>
    public static LayerGraph Graph() => new("stripes", LayerShape.Map(1, Size, Size),
    [
        new Conv("conv", LayerGraph.Input, 8, Window.Same(3), bias: false), new BatchNorm("norm", "conv"), new Activation("relu", "norm", ActivationKind.Relu), new MaxPool("pool", "relu", new Window(2, Stride: 2)),
        new Flatten("flat", "pool"), new Dropout("drop", "flat", 0.2), new Linear("dense", "drop", 2, feedsRelu: false),
    ]);

    private static byte LabelOf(int index) => (byte)(index % 2);

    private static byte[] Header(params int[] lengths)
    {
        var header = new byte[4 + 4 * lengths.Length];
        (header[2], header[3]) = (Unsigned, (byte)lengths.Length);
        for (var i = 0; i < lengths.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), lengths[i]);
        }

        return header;
    }
}
