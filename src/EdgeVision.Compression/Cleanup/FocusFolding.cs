using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>Every other pixel taken apart into channels and a Conv over them (the Focus of YOLOv5 and YOLOX) becomes one Conv of twice the kernel and twice the stride: the same products, without moving the picture six times.</summary>
/// <remarks>
/// Block b of the joined channels holds pixels (2i + dy, 2j + dx): weight [o, b · C + c, i, j] goes to [o, c, 2i + dy, 2j + dx], and pads double. Lengths are even, or the blocks could not be joined.
/// Example: 3 x 416 x 416 in four blocks into Conv 16 x 12 x 3 x 3, pads 1: Conv 16 x 3 x 6 x 6, stride 2, pads 2.
/// </remarks>
internal static class FocusFolding
{
    private const int Blocks = 4;

    public static void Apply(CleanupRun run)
    {
        foreach (var conv in run.Graph.TopologicalOrder().Where(node => node.Is("Conv")))
        {
            if (IsPlain(conv) && run.Graph.FloatsOf(conv, 1) is { Dims.Count: 4 } weights && run.Graph.ProducerOf(conv.Input[0]) is { } concat
                && concat.Is("Concat") && concat.IntOf("axis", 0) == 1 && concat.Input.Count == Blocks && run.Graph.HasOneReader(concat.Output[0]))
            {
                Fold(run, conv, weights, [.. concat.Input.Select(value => SampledPixels.Of(run, value))]);
            }
        }
    }

    private static bool IsPlain(NodeProto conv) =>
        conv.IntOf("group", 1) == 1 && conv.Attribute("auto_pad")?.S.ToStringUtf8() is null or "NOTSET" && (conv.Attribute("dilations")?.Ints ?? []).All(dilation => dilation == 1);

    private static void Fold(CleanupRun run, NodeProto conv, TensorProto weights, SampledPixels?[] blocks)
    {
        if (blocks.Any(block => block is null || block.Source != blocks[0]?.Source) || blocks.Distinct().Count() != Blocks)
        {
            return;
        }

        var (outputs, channels, height, width) = (weights.Dims[0], weights.Dims[1] / Blocks, weights.Dims[2], weights.Dims[3]);
        var (values, spread) = (weights.ReadFloats(), new float[weights.Count()]);
        for (var index = 0; index < values.Length; index++)
        {
            var (column, row, channel, output) = (index % width, index / width % height, index / (width * height) % weights.Dims[1], index / (width * height * weights.Dims[1]));
            var block = blocks[channel / channels]!;
            spread[(((((output * channels) + (channel % channels)) * 2 * height) + (2 * row) + block.Top) * 2 * width) + (2 * column) + block.Left] = values[index];
        }

        run.Graph.SetConstant(conv, 1, OnnxTensor.Of(weights.Name + "_spread", [outputs, channels, 2 * height, 2 * width], spread));
        conv.SetAttribute(OnnxNode.Ints("kernel_shape", 2 * height, 2 * width));
        conv.SetAttribute(OnnxNode.Ints("strides", Doubled(conv, "strides", [1, 1])));
        conv.SetAttribute(OnnxNode.Ints("pads", Doubled(conv, "pads", [0, 0, 0, 0])));
        conv.Input[0] = blocks[0]!.Source;
        run.Graph.Touch();
        run.Record("pixels taken apart into channels: folded into the Conv behind it", conv);
    }

    private static long[] Doubled(NodeProto conv, string attribute, long[] missing) => [.. (conv.Attribute(attribute)?.Ints.ToArray() ?? missing).Select(value => 2 * value)];
}
