namespace EdgeVision.Packaging;

/// <summary>A message within a message.</summary>
/// <param name="Name">The field's name in <c>onnx.proto</c>.</param>
internal readonly record struct OnnxPart(OnnxMessage Message, string Name, bool IsRepeated);
