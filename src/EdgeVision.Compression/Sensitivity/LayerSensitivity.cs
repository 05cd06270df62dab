namespace EdgeVision.Compression;

/// <summary>What 8 bits do to one layer and what this layer does to the network. Signal to noise is 10 log10(signal power / error power) in dB, from -150 to 150; 20 dB is an error of a tenth.</summary>
/// <param name="Node">Name of its Conv, Gemm or MatMul.</param>
/// <param name="Operator">That operator.</param>
/// <param name="OutputSqnr">At the network's outputs, with this layer alone in 8 bits, its weights as asked and its activations.</param>
/// <param name="WeightSqnrPerChannel">Of its weights, with a scale for each output channel.</param>
/// <param name="WeightSqnrPerTensor">Of its weights, with one scale.</param>
/// <param name="ChannelRangeRatio">Greatest over least range of its output channels' weights, channels of zeros left out. Over some tens, equalization helps where scales are per tensor.</param>
public sealed record LayerSensitivity(string Node, string Operator, double OutputSqnr, double WeightSqnrPerChannel, double WeightSqnrPerTensor, double ChannelRangeRatio);
