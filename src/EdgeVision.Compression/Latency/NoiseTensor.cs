using System.Runtime.InteropServices;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>A tensor of noise between 0 and 1 for networks that are only timed.</summary>
internal static class NoiseTensor
{
    private const int Float32 = 1, UInt8 = 2, Float16 = 10;

    public static NetworkTensor Make(int type, long[] shape, Random random)
    {
        var values = new float[checked((int)shape.Aggregate(1L, (product, length) => product * length))];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle();
        }

        return type switch
        {
            Float32 => NetworkTensor.Of(shape, values),
            Float16 => new NetworkTensor(type, shape, MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, value => (Half)value)).ToArray()),
            UInt8 => new NetworkTensor(type, shape, Array.ConvertAll(values, value => (byte)(255 * value))),
            _ => throw new CompressionException($"An input of type {type} is no picture; float32, float16 and uint8 are timed."),
        };
    }
}
