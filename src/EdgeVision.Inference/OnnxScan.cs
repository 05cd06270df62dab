namespace EdgeVision.Inference;

/// <summary>Walks the top of an ONNX file without building anything: is it one, is it whole, and of which precision are its weights.</summary>
/// <remarks>Reads ModelProto.graph (7) and in it GraphProto.initializer (5), of each TensorProto only dims (1) and data_type (2). Allocates nothing. Any thread.</remarks>
internal struct OnnxScan
{
    private const int Float32 = 1;
    private const int UInt8 = 2;
    private const int Int8 = 3;
    private const int Float16 = 10;

    private long _float32;
    private long _float16;
    private long _int8;

    /// <summary><c>fp32</c>, <c>fp16</c>, <c>int8</c>, or <c>mixed</c> when no kind has 95 % of the weights.</summary>
    /// <exception cref="InferenceException">Not an ONNX file, or cut short.</exception>
    public static string PrecisionOf(ReadOnlySpan<byte> onnx, string name)
    {
        if (onnx.IsEmpty)
        {
            throw new InferenceException($"{name} is empty: export or copy the network again.");
        }

        var scan = default(OnnxScan);
        if (!scan.TryWalkModel(onnx))
        {
            throw new InferenceException(
                $"{name} is not an ONNX network, or it is cut short: {onnx.Length} bytes that do not parse. Export the network again, or copy it again in binary form.");
        }

        return scan.Precision();
    }

    private readonly string Precision()
    {
        var all = _float32 + _float16 + _int8;
        return all == 0 || _float32 >= 0.95 * all ? "fp32" : _float16 >= 0.95 * all ? "fp16" : _int8 >= 0.95 * all ? "int8" : "mixed";
    }

    private bool TryWalkModel(ReadOnlySpan<byte> model)
    {
        var hasGraph = false;
        while (!model.IsEmpty)
        {
            if (!ProtobufField.TryRead(ref model, out var field))
            {
                return false;
            }

            if (field is { Number: 7, IsBytes: true })
            {
                hasGraph = true;
                if (!TryWalkGraph(field.Bytes))
                {
                    return false;
                }
            }
        }

        return hasGraph;
    }

    private bool TryWalkGraph(ReadOnlySpan<byte> graph)
    {
        while (!graph.IsEmpty)
        {
            if (!ProtobufField.TryRead(ref graph, out var field) || (field is { Number: 5, IsBytes: true } && !TryWalkTensor(field.Bytes)))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryWalkTensor(ReadOnlySpan<byte> tensor)
    {
        var type = 0;
        var values = 1L;
        while (!tensor.IsEmpty)
        {
            if (!ProtobufField.TryRead(ref tensor, out var field))
            {
                return false;
            }

            if (field.Number == 2)
            {
                type = (int)field.Value;
            }
            else if (field.Number == 1)
            {
                values = unchecked(values * field.Product());
            }
        }

        Count(type, values);
        return true;
    }

    private void Count(int type, long values)
    {
        switch (type)
        {
            case Float32:
                _float32 += values;
                break;
            case Float16:
                _float16 += values;
                break;
            case UInt8 or Int8:
                _int8 += values;
                break;
        }
    }
}
