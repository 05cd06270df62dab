using EdgeVision.Capture;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Inference.Tests;

/// <summary>A real video through the real decoder and the real network, in the pixel format that the daemon uses.</summary>
public sealed class VideoParityTests(ITestOutputHelper output)
{
    private const int Car = 2;
    private const int Bus = 5;
    private const int Truck = 7;

    [Fact]
    public void VisionModel_HighwayClip_FindsVehiclesWithTheReferencePrecision()
    {
        // The same network on the same clip through OpenCV: AP50 0.608.
        var truths = HighwayClip.VehiclesByFrame();
        using var source = new FfmpegSource("highway", new FfmpegOptions { Url = HighwayClip.Path }, TimeProvider.System, NullLogger<FfmpegSource>.Instance);
        using var yolox = Shipped.Load("yolox-nano", minConfidence: 0.01f);
        var precision = new AveragePrecision();
        var result = new VisionResult();
        var number = 0;
        while (source.Read(TestContext.Current.CancellationToken) is { } frame)
        {
            using (frame)
            {
                yolox.Infer(frame, result);
                precision.AddPicture([.. truths[++number]], result.Detections, Car, Truck, Bus);
            }
        }

        output.WriteLine($"YOLOX-Nano, highway, vehicle AP50: {precision.Value():0.0000} of {precision.Truths} vehicles in {number} frames");
        Assert.Equal(177, number);
        Assert.Equal(6292, precision.Truths);
        Assert.InRange(precision.Value(), 0.60, 1);
    }
}
