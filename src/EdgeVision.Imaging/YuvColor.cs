namespace EdgeVision.Imaging;

/// <summary>Which numbers turn the Y, U, V of a frame into red, green, blue (ITU-R BT.601 and BT.709, limited and full range).</summary>
public enum YuvColor : byte
{
    /// <summary>BT.601, Y 16..235: standard definition and whatever a stream does not say.</summary>
    Bt601,

    /// <summary>BT.709, Y 16..235: high definition.</summary>
    Bt709,

    /// <summary>BT.601, Y 0..255: JPEG and most web cameras.</summary>
    Bt601Full,

    /// <summary>BT.709, Y 0..255.</summary>
    Bt709Full,
}
