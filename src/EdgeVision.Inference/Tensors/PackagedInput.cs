using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using EdgeVision.Imaging;
using EdgeVision.Packaging;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeVision.Inference;

/// <summary>Pictures as the tensors that the device would feed a packaged network with, pixel for pixel.</summary>
/// <remarks>Shape is the manifest's with an open batch as 1. The same <see cref="FrameEncoder"/> as in <see cref="VisionModel"/>. One thread at a time; disposing frees native memory.</remarks>
public sealed class PackagedInput : IDisposable
{
    private readonly BoundTensor _tensor;
    private readonly FrameEncoder _encoder;

    /// <exception cref="InferenceException">The manifest's input is no picture, or leaves a length open.</exception>
    public PackagedInput(Manifest manifest)
    {
        // Before the first tensor, because ONNX Runtime looks for its library by itself where nobody told it.
        NativeRuntime.Use(null);
        var promised = manifest.Io.Inputs[0];
        Shape = [.. promised.Shape.Select((length, axis) => length > 0 ? length : axis == 0 ? 1L
            : throw new InferenceException($"{manifest.Model}: length {axis} of input '{promised.Name}' is open: write the length the device shall use in io.inputs."))];
        var type = promised.Type switch { "float16" => TensorElementType.Float16, "uint8" => TensorElementType.UInt8, _ => TensorElementType.Float };
        _tensor = new BoundTensor(promised.Name, type, Shape);
        _encoder = new FrameEncoder(_tensor, manifest.Preprocess, manifest.Model);
    }

    /// <summary>The input's name.</summary>
    public string Name => _tensor.Name;

    public long[] Shape { get; }

    /// <summary>The picture as a tensor of its own.</summary>
    public NetworkTensor Encode(Frame frame)
    {
        _encoder.Encode(frame);
        return new NetworkTensor((int)_tensor.Type, Shape, _tensor.Type switch
        {
            TensorElementType.UInt8 => _tensor.Bytes.ToArray(),
            TensorElementType.Float16 => Halves(_tensor.Floats),
            _ => MemoryMarshal.AsBytes(_tensor.Floats).ToArray(),
        });
    }

    public void Dispose() => _tensor.Dispose();

    private static byte[] Halves(ReadOnlySpan<float> values)
    {
        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);
        return MemoryMarshal.AsBytes<Half>(halves).ToArray();
    }
}
