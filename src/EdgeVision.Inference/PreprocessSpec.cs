using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>A manifest's <c>preprocess</c> as what <see cref="ImageToTensor"/> does.</summary>
public static class PreprocessSpec
{
    /// <param name="width">Of the network's input, pixels.</param>
    public static TensorSpec Of(ManifestPreprocess preprocess, int width, int height, TensorType type) => new()
    {
        Width = width,
        Height = height,
        Type = type,
        Channels = preprocess.Channels switch { "rgb" => ChannelOrder.Rgb, "gray" => ChannelOrder.Gray, _ => ChannelOrder.Bgr },
        Resize = preprocess.Resize switch { "stretch" => ResizeMode.Stretch, "centre-crop" => ResizeMode.CentreCrop, _ => ResizeMode.Letterbox },
        Antialias = preprocess.Antialias,
        Centred = preprocess.Centred,
        ShortSide = preprocess.ShortSide,
        Padding = (byte)preprocess.Padding,
        Mean = preprocess.Mean,
        Std = preprocess.Std,
    };
}
