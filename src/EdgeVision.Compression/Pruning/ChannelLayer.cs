using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>A node that gives channels of its own (convolution, matrix). Its cost shrinks with both lists; an empty list does not count.</summary>
/// <param name="Given">The channels it gives, in the order of its output.</param>
/// <param name="Read">The channels it reads; empty where these are fixed, or where it works on each alone.</param>
internal sealed record ChannelLayer(NodeProto Node, int[] Given, int[] Read);
