namespace EdgeVision.Compression;

/// <summary>What all nodes of one operator take, one thread, one picture, by ONNX Runtime's profiler.</summary>
/// <param name="Operator">As in <c>Conv</c>, in floats or in integers; <c>others</c> = all that are not worth a line.</param>
/// <param name="Fp32Ms">In the float network; 0 = it has none.</param>
/// <param name="Ms">In the small one.</param>
/// <param name="Share">Of the small network's time, 0 to 1.</param>
public sealed record OperatorTimeReport(string Operator, double Fp32Ms, double Ms, double Share);
