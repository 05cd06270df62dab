namespace EdgeVision.Compression;

/// <summary>What <see cref="CrossLayerEqualization"/> did.</summary>
/// <param name="Pairs">Pairs that were equalized, in the graph's order. A triple through a depthwise convolution is two pairs.</param>
/// <param name="Undone">Pairs that changed what the network computes and were left as they had been.</param>
/// <param name="Rounds">Rounds until nothing changed.</param>
/// <param name="RatioBefore">Greatest over least weight range of the output channels of one layer, the worst layer of all; 1 where there is no pair.</param>
/// <param name="RatioAfter">The same afterwards.</param>
/// <param name="Error">Largest difference of an output on random inputs, as a part of that output's greatest magnitude.</param>
/// <param name="ReplacedClips">Names of the nodes that became Relu.</param>
public sealed record EqualizationReport(
    IReadOnlyList<EqualizedPair> Pairs, IReadOnlyList<EqualizedPair> Undone, int Rounds, double RatioBefore, double RatioAfter, double Error, IReadOnlyList<string> ReplacedClips);
