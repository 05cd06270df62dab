using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>A constant that has to shrink with channels: which axis of it, and which channel at each place.</summary>
/// <param name="Node">Who reads it; of weights that several read, the first.</param>
internal sealed record ChannelBinding(NodeProto Node, int Slot, int Axis, int[] Channels, BindingRole Role)
{
    /// <summary>The constant's name as it is before anything is taken out.</summary>
    public string Tensor { get; } = Node.Input[Slot];

    /// <summary>How many nodes let these weights shrink.</summary>
    public int Readers { get; set; } = 1;

    public bool IsWeight => Role is BindingRole.Gives or BindingRole.Reads;
}
