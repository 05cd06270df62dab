namespace EdgeVision.Imaging;

/// <summary>What a model wants its input to be: NCHW, batch 1, float32 or uint8, and how pixels become values.</summary>
/// <remarks>value[c] = (pixel[c] - Mean[c]) / Std[c], pixel 0 to 255, channels in the order of <see cref="Channels"/>. uint8 inputs take the pixel as it is.</remarks>
public sealed record TensorSpec
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Order of the channel planes. Default BGR.</summary>
    public ChannelOrder Channels { get; init; } = ChannelOrder.Bgr;

    public TensorType Type { get; init; } = TensorType.Float32;

    public ResizeMode Resize { get; init; } = ResizeMode.Letterbox;

    /// <summary>
    /// How pixels are mixed when a picture is shrunk. False (default): the two nearest of each axis, as OpenCV's INTER_LINEAR; true: all that the output pixel
    /// covers, as Pillow's and torchvision's bilinear. Take what the model was trained with: YOLOX-Nano's confidences move by up to 0.1 between them.
    /// </summary>
    public bool Antialias { get; init; }

    /// <summary>Letterbox only: true lays the picture in the middle, false (default) top-left.</summary>
    public bool Centred { get; init; }

    /// <summary>CentreCrop only: length the short side is scaled to before cutting, pixels; 0 takes the input's own size.</summary>
    public int ShortSide { get; init; }

    /// <summary>Letterbox only: the padding as a pixel value, 0 to 255, normalised like any pixel. Default 114.</summary>
    public byte Padding { get; init; } = 114;

    /// <summary>Per channel of the tensor, in pixel values 0 to 255. Default 0.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0, 0, 0];

    /// <summary>Per channel of the tensor, in pixel values. Default 1.</summary>
    public IReadOnlyList<float> Std { get; init; } = [1, 1, 1];

    public int ChannelCount => Channels == ChannelOrder.Gray ? 1 : 3;

    /// <summary>Values in the tensor: channels * height * width.</summary>
    public int Length => ChannelCount * Height * Width;
}
