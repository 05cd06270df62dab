namespace EdgeVision.Inference;

/// <summary>One input or output of a network.</summary>
/// <param name="Type">As in <see cref="NetworkTensor.Type"/>.</param>
/// <param name="Shape">-1 = open.</param>
public sealed record NetworkValue(string Name, int Type, IReadOnlyList<int> Shape);
