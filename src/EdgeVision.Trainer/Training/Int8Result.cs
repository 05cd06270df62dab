namespace EdgeVision.Trainer.Training;

/// <summary>A network that was trained for 8 bits, in 8 bits.</summary>
/// <param name="Onnx">Path of the file.</param>
/// <param name="Value">The run's metric over its test pictures, in ONNX Runtime; null where it is not taken of the answer itself.</param>
/// <param name="Untrained">The same of the network that the run began with, in 8 bits by calibration alone: what training is compared with.</param>
internal sealed record Int8Result(string Onnx, long Bytes, double? Value, double? Untrained);
