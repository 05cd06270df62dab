namespace EdgeVision.Compression;

/// <summary>Where the channels of a value stand: along which axis, and which channel at each place of it. A channel may stand at many places, as in a flattened map.</summary>
internal sealed record ChannelAxis(int Axis, int[] Channels)
{
    public int Length => Channels.Length;
}
