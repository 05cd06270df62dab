namespace EdgeVision.Imaging;

/// <summary>How a picture is brought to a model's input size.</summary>
public enum ResizeMode : byte
{
    /// <summary>Scaled by one factor until it fits, laid top-left or centred, the rest padded.</summary>
    Letterbox,

    /// <summary>Each side scaled by its own factor.</summary>
    Stretch,

    /// <summary>The short side scaled to a length, then the centre cut out.</summary>
    CentreCrop,
}
