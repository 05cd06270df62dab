using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>How channels pass one node: notes where they stand in its outputs, which constants shrink with them, and which have to go together.</summary>
internal delegate void ChannelFlow(ChannelTrace trace, NodeProto node);
