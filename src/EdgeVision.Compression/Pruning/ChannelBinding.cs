namespace EdgeVision.Compression;

/// <summary>A constant that has to shrink with channels: which axis of it, and which channel at each place.</summary>
/// <param name="Role">What the places are to the node that reads the constant.</param>
internal sealed record ChannelBinding(string Tensor, int Axis, int[] Channels, BindingRole Role)
{
    /// <summary>How many reads of the constant agree to its shrinking; one that does not keeps it as it is.</summary>
    public int Reads { get; set; } = 1;
}
