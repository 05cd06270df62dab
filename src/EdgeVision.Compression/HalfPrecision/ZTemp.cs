namespace EdgeVision.Compression;
public static class HalfPrecision { public static HalfNetwork Convert(EdgeVision.Onnx.OnnxModel cleaned, CalibrationData? ranges = null, IReadOnlySet<string>? blocked = null) => throw new CompressionException("half precision is not there yet"); }
