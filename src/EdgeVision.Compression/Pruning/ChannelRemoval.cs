using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;
using Google.Protobuf;

namespace EdgeVision.Compression;

/// <summary>Takes channels out of the constants of a graph, and corrects the numbers that count them.</summary>
internal static class ChannelRemoval
{
    public static void Apply(ChannelTrace trace, ChannelKeep keep)
    {
        var graph = trace.Graph;
        foreach (var binding in trace.Bindings)
        {
            var places = keep.Places(binding.Channels);
            if (places.Length < binding.Channels.Length)
            {
                Shrink(Own(trace, binding), binding.Axis, places);
            }
        }

        foreach (var edit in trace.Edits)
        {
            edit(keep);
        }

        graph.Proto.ValueInfo.Clear(); // the lengths in it are those of before
        foreach (var input in graph.Proto.Input.Where(input => graph.Initializer(input.Name) is not null))
        {
            input.Type.TensorType.Shape = null; // an old file declares its constants as inputs, with their lengths
        }

        graph.Touch();
        graph.RemoveUnused();
    }

    // What others read too stays as it is for them.
    private static TensorProto Own(ChannelTrace trace, ChannelBinding binding)
    {
        var tensor = trace.Graph.Initializer(binding.Tensor)!;
        if (binding.IsWeight || !trace.IsReadElsewhere(binding))
        {
            return tensor;
        }

        var copy = tensor.Clone();
        copy.Name = binding.Node.Input[binding.Slot] = trace.Graph.NewName(binding.Tensor + "_pruned");
        trace.Graph.SetInitializer(copy);
        return copy;
    }

    private static void Shrink(TensorProto tensor, int axis, int[] places)
    {
        var data = Raw(tensor);
        var (outer, length) = (Product(tensor.Dims.Take(axis)), (int)tensor.Dims[axis]);
        var inner = data.Length / (outer * length);
        var kept = new byte[outer * places.Length * inner];
        for (var i = 0; i < outer * places.Length; i++)
        {
            data.Slice(((i / places.Length * length) + places[i % places.Length]) * inner, inner).CopyTo(kept.AsSpan(i * inner));
        }

        tensor.FloatData.Clear();
        tensor.Int32Data.Clear();
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(kept);
        tensor.Dims[axis] = places.Length;
    }

    private static ReadOnlySpan<byte> Raw(TensorProto tensor)
    {
        if (tensor.HasRawData)
        {
            return tensor.RawData.Span;
        }

        var values = tensor.ReadFloats();
        return (TensorProto.Types.DataType)tensor.DataType == TensorProto.Types.DataType.Float16
            ? OnnxTensor.Of(tensor.Name, [.. tensor.Dims], [.. values.Select(value => (Half)value)]).RawData.Span
            : OnnxTensor.Of(tensor.Name, [.. tensor.Dims], values).RawData.Span;
    }

    private static int Product(IEnumerable<long> lengths) => (int)lengths.Aggregate(1L, (product, length) => product * length);
}
