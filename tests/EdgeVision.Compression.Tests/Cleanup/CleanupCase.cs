using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression.Tests;

/// <summary>A small network, and the operators that are left of it when it is clean, in order.</summary>
internal sealed record CleanupCase(string Name, string Operators, long[] Input, NodeProto[] Nodes, params TensorProto[] Constants)
{
    public OnnxModel Open() => CleanupNetworks.Of(Input, Nodes, Constants);

    public byte[] Bytes() => CleanupNetworks.Bytes(Input, Nodes, Constants);
}
