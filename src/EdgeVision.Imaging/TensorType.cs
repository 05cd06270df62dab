namespace EdgeVision.Imaging;

/// <summary>Element type of a model's input.</summary>
public enum TensorType : byte
{
    Float32,
    UInt8,
}
