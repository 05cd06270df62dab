namespace EdgeVision.Inference;

/// <summary>How many nodes of the optimized network run where (I3), so that a silent fall-back to the CPU is seen.</summary>
/// <param name="Provider">The provider that was asked for first and is there: <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>.</param>
/// <param name="NodesByProvider">Nodes per provider.</param>
/// <param name="Precision"><c>fp32</c>, <c>fp16</c>, <c>int8</c> or <c>mixed</c>, from the network's initializers.</param>
/// <param name="Degraded">A required provider is missing and the policy allowed to go on.</param>
public sealed record PlacementReport(string Provider, IReadOnlyDictionary<string, int> NodesByProvider, string Precision, bool Degraded);
