using EdgeVision.Onnx.Schema;
using EdgeVision.Planted;
using Microsoft.ML.OnnxRuntime;

namespace EdgeVision.Onnx.Tests;

/// <summary>A model run by ONNX Runtime on given inputs: its outputs, as bytes.</summary>
internal static class Network
{
    /// <summary>Runs on inputs that were drawn from a fixed seed; an open length is what the test says, in order, then 1.</summary>
    public static byte[][] Run(byte[] onnx, params int[] openLengths)
    {
        using var session = NetworkRunner.Open(onnx);
        return Run(session, Draw(session, openLengths));
    }

    /// <summary>Inputs from a fixed seed; see <see cref="Run(byte[], int[])"/>.</summary>
    public static Dictionary<string, OrtValue> Draw(InferenceSession session, params int[] openLengths)
    {
        var random = new Random(7);
        var lengths = new Queue<int>(openLengths);
        return session.InputMetadata.ToDictionary(pair => pair.Key, pair => Draw(pair.Value, random, lengths));
    }

    public static byte[][] Run(byte[] onnx, IReadOnlyList<TensorProto> inputs)
    {
        using var session = NetworkRunner.Open(onnx);
        return Run(session, session.InputMetadata.Keys.Zip(inputs).ToDictionary(pair => pair.First, pair => ValueOf(pair.Second)));
    }

    private static byte[][] Run(InferenceSession session, Dictionary<string, OrtValue> inputs)
    {
        using var options = new RunOptions();
        using var outputs = session.Run(options, inputs, session.OutputNames);
        var bytes = outputs.Select(Bytes).ToArray();
        foreach (var input in inputs.Values)
        {
            input.Dispose();
        }

        return bytes;
    }

    private static byte[] Bytes(OrtValue output) =>
        !output.IsTensor ? []
        : output.GetTensorTypeAndShape().IsString ? System.Text.Encoding.UTF8.GetBytes(string.Join('\n', output.GetStringTensorAsArray()))
        : output.GetTensorMutableRawData().ToArray();

    private static OrtValue Draw(NodeMetadata input, Random random, Queue<int> lengths)
    {
        long[] shape = [.. input.Dimensions.Select(dim => dim > 0 ? dim : lengths.TryDequeue(out var length) ? length : 1)];
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, input.ElementDataType, shape);
        if (input.ElementType == typeof(float))
        {
            foreach (ref var number in value.GetTensorMutableDataAsSpan<float>())
            {
                number = random.NextSingle();
            }
        }
        else
        {
            value.GetTensorMutableRawData().Clear();
        }

        return value;
    }

    public static OrtValue ValueOf(TensorProto tensor)
    {
        if (tensor.TypeOf() == TensorProto.Types.DataType.String)
        {
            return OrtValue.CreateFromStringTensor(new Microsoft.ML.OnnxRuntime.Tensors.DenseTensor<string>(tensor.StringData.Select(text => text.ToStringUtf8()).ToArray(), [.. tensor.Dims.Select(dim => (int)dim)]));
        }

        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (Microsoft.ML.OnnxRuntime.Tensors.TensorElementType)tensor.DataType, [.. tensor.Dims]);
        tensor.RawData.Span.CopyTo(value.GetTensorMutableRawData());
        return value;
    }
}
