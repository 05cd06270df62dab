namespace EdgeVision.Inference;

/// <summary>Reads one output where ONNX Runtime left it; the bytes are gone when it returns.</summary>
/// <param name="type">As in <see cref="NetworkTensor.Type"/>.</param>
public delegate void TensorReader(string name, int type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> data);
