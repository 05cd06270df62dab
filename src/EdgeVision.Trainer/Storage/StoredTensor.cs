namespace EdgeVision.Trainer.Storage;

/// <summary>One tensor as it lies in a file.</summary>
/// <param name="Type">safetensors' word: F32, I64, U8.</param>
/// <param name="Data">Row-major, little-endian.</param>
internal sealed record StoredTensor(string Type, long[] Shape, byte[] Data);
