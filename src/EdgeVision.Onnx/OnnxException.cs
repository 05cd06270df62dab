namespace EdgeVision.Onnx;

/// <summary>A file that is no usable ONNX model, or an edit that would break one. The message names the file, the node or value, the rule and the way out.</summary>
public sealed class OnnxException(string message, Exception? inner = null) : Exception(message, inner);
