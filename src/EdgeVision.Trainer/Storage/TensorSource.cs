namespace EdgeVision.Trainer.Storage;

/// <summary>One tensor that is to be written from where it lies: a copy of a network with all that its optimiser remembers, at every checkpoint, would lie about until the whole heap is collected.</summary>
/// <param name="Type">safetensors' word: F32, I64, U8.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Read">Row-major, little-endian.</param>
internal sealed record TensorSource(string Type, long[] Shape, long Length, TensorReading Read);

/// <summary>The bytes of a tensor, to be used at once.</summary>
internal delegate ReadOnlySpan<byte> TensorReading();
