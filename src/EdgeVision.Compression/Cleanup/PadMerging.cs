using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>An explicit Pad into the Conv or pool behind it, where both would pad with the same number.</summary>
/// <remarks>A Conv pads with zeros; an AveragePool that counts its padding does too, and one that pads nothing yet can be told to; a MaxPool pads with minus infinity.</remarks>
internal static class PadMerging
{
    public static void Apply(CleanupRun run)
    {
        foreach (var pad in run.Graph.TopologicalOrder().Where(node => node.Is("Pad")))
        {
            if (run.Graph.IsOutput(pad.Output[0]) || SpatialPads(run.Graph, pad) is not { } pads)
            {
                continue;
            }

            foreach (var reader in run.Graph.ConsumersOf(pad.Output[0]).Where(reader => reader.Input.Count(value => value == pad.Output[0]) == 1 && reader.Input[0] == pad.Output[0]).ToArray())
            {
                if (Accepts(reader, ValueOf(run.Graph, pad), pads))
                {
                    Merge(run.Graph, pad, reader, pads);
                    run.Record($"Pad merged into {reader.OpType}", pad);
                }
            }
        }
    }

    // Begins of all axes, then ends; those of batch and channels must be 0, and none may cut.
    private static long[]? SpatialPads(OnnxGraph graph, NodeProto pad)
    {
        if (pad.Attribute("mode")?.S.ToStringUtf8() is not (null or "constant") || pad.InputAt(3).Length > 0 || graph.ConstantOf(pad, 1) is not { } tensor)
        {
            return null;
        }

        var (pads, rank) = (tensor.ReadLongs(), (int)tensor.Count() / 2);
        return rank < 3 || pads.Any(length => length < 0) || new[] { 0, 1, rank, rank + 1 }.Any(axis => pads[axis] != 0) ? null : [.. pads[2..rank], .. pads[(rank + 2)..]];
    }

    private static float ValueOf(OnnxGraph graph, NodeProto pad) =>
        pad.InputAt(2).Length == 0 ? 0 : graph.FloatsOf(pad, 2) is { } tensor && tensor.Count() == 1 ? tensor.ReadFloats()[0] : float.NaN;

    private static bool Accepts(NodeProto reader, float value, long[] pads)
    {
        if (!reader.Is("Conv", "AveragePool", "MaxPool") || reader.Attribute("auto_pad")?.S.ToStringUtf8() is not (null or "NOTSET" or "VALID"))
        {
            return false;
        }

        return reader.OpType switch
        {
            "Conv" => value == 0,
            _ when reader.IntOf("ceil_mode", 0) != 0 || reader.Output.Count > 1 || !IsBelowKernel(reader, pads) => false,
            "MaxPool" => value <= float.MinValue,
            _ => value == 0 && (reader.IntOf("count_include_pad", 0) != 0 || Own(reader, pads.Length).All(pad => pad == 0)),
        };
    }

    // ONNX Runtime refuses a pool whose padding is not smaller than its window.
    private static bool IsBelowKernel(NodeProto reader, long[] pads)
    {
        var (kernel, own) = (reader.Attribute("kernel_shape")!.Ints, Own(reader, pads.Length));
        return !pads.Where((pad, index) => pad + own[index] >= kernel[index % kernel.Count]).Any();
    }

    private static void Merge(OnnxGraph graph, NodeProto pad, NodeProto reader, long[] pads)
    {
        var own = Own(reader, pads.Length);
        reader.SetAttribute(OnnxNode.Ints("pads", [.. pads.Zip(own, (more, less) => more + less)]));
        reader.RemoveAttribute("auto_pad");
        if (reader.OpType == "AveragePool")
        {
            reader.SetAttribute(OnnxNode.Int("count_include_pad", 1));
        }

        reader.Input[0] = pad.Input[0];
        graph.Touch();
    }

    private static long[] Own(NodeProto reader, int count) => reader.Attribute("pads") is { Ints.Count: > 0 } own && own.Ints.Count == count ? [.. own.Ints] : new long[count];
}
