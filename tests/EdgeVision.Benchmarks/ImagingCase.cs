using EdgeVision.Imaging;

namespace EdgeVision.Benchmarks;

/// <summary>One picture into one tensor, done by us and by OpenCV.</summary>
/// <param name="Name">As in the table.</param>
/// <param name="Width">Of the picture.</param>
/// <param name="Height">Of the picture.</param>
/// <param name="Spec">The tensor.</param>
/// <param name="Format">Bgr24 or Nv12.</param>
internal sealed record ImagingCase(string Name, int Width, int Height, TensorSpec Spec, PixelFormat Format)
{
    public static IEnumerable<ImagingCase> All()
    {
        foreach (var format in (PixelFormat[])[PixelFormat.Bgr24, PixelFormat.Nv12])
        {
            yield return Of("640x352 -> 416 letterbox", 640, 352, Letterbox(416), format);
            yield return Of("1920x1080 -> 416 letterbox", 1920, 1080, Letterbox(416), format);
            yield return Of("1280x720 -> 640 letterbox", 1280, 720, Letterbox(640), format);
            yield return Of("640x480 -> 224 centre-crop, mean/std", 640, 480, Crop, format);
            yield return Of("640x352 -> 416 letterbox, antialias", 640, 352, Letterbox(416) with { Antialias = true }, format);
            yield return Of("1920x1080 -> 416 letterbox, antialias", 1920, 1080, Letterbox(416) with { Antialias = true }, format);
        }
    }

    /// <summary>What the peer script needs to know, in its order.</summary>
    public string Line => string.Join(' ', Format == PixelFormat.Nv12 ? "nv12" : "bgr", Width, Height, Spec.Width, Spec.Resize == ResizeMode.CentreCrop ? Spec.ShortSide : 0, Spec.Antialias ? "area" : "linear");

    private static TensorSpec Crop { get; } = new()
    {
        Width = 224, Height = 224, Resize = ResizeMode.CentreCrop, ShortSide = 256, Mean = [104, 117, 123], Std = [58, 58, 58],
    };

    private static ImagingCase Of(string name, int width, int height, TensorSpec spec, PixelFormat format) =>
        new($"{(format == PixelFormat.Nv12 ? "NV12" : "BGR")} {name}", width, height, spec, format);

    private static TensorSpec Letterbox(int side) => new() { Width = side, Height = side };
}
