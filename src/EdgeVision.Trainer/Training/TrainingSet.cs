using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Training;

/// <summary>Pictures of one size in memory, and the class of each.</summary>
/// <param name="Pixels">[count, channels, height, width].</param>
/// <param name="Labels">From 0, as many as pictures.</param>
internal sealed record TrainingSet(LayerShape Shape, byte[] Pixels, int[] Labels)
{
    public int Count => Labels.Length;

    /// <summary>Reads pictures of a data set as the device would: brought to the network's size and channels by the same code.</summary>
    /// <param name="indexes">Which, and in which order.</param>
    public static TrainingSet Read(Dataset dataset, IReadOnlyList<int> indexes, LayerShape shape)
    {
        var converter = new ImageToTensor(new TensorSpec
        {
            Width = shape.Width, Height = shape.Height, Channels = shape.Channels == 1 ? ChannelOrder.Gray : ChannelOrder.Rgb, Type = TensorType.UInt8, Resize = ResizeMode.Stretch, Antialias = true,
        });
        var pixels = new byte[indexes.Count * shape.Count];
        for (var i = 0; i < indexes.Count; i++)
        {
            using var frame = dataset.Items[indexes[i]].Open();
            converter.Convert(frame, pixels.AsSpan(i * shape.Count, shape.Count));
        }

        return new TrainingSet(shape, pixels, [.. indexes.Select(index => dataset.Items[index].Truth.ClassId)]);
    }

    /// <summary>One picture as the network's input.</summary>
    public void Read(int index, Normalization normalization, Span<float> values)
    {
        var plane = Shape.Height * Shape.Width;
        for (var channel = 0; channel < Shape.Channels; channel++)
        {
            var (mean, scale) = (normalization.Mean[channel], 1 / normalization.Deviation[channel]);
            var pixels = Pixels.AsSpan(index * Shape.Count + channel * plane, plane);
            var row = values.Slice(channel * plane, plane);
            for (var i = 0; i < plane; i++)
            {
                row[i] = (pixels[i] - mean) * scale;
            }
        }
    }
}
