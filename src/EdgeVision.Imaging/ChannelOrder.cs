namespace EdgeVision.Imaging;

/// <summary>Order of the channel planes in a tensor.</summary>
public enum ChannelOrder : byte
{
    Bgr,
    Rgb,

    /// <summary>One plane of luminance (BT.601).</summary>
    Gray,
}
