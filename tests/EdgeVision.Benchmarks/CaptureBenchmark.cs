using System.Diagnostics;
using EdgeVision.Capture;
using EdgeVision.Imaging;
using EdgeVision.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVision.Benchmarks;

/// <summary>Which pixel format the child decoder should give: decoding, the pipe and image to tensor together, for YOLOX-Nano's input.</summary>
internal static class CaptureBenchmark
{
    private const int Rounds = 5;

    public static int Run()
    {
        var clip = Path.Combine(TestData.Root, "video", "street_inbound_8_vehicles.mp4");
        if (!File.Exists(clip))
        {
            Console.Error.WriteLine($"needs {clip}: set EDGEVISION_DATA to the folder of test data");
            return 2;
        }

        var (nv12, bgr) = (new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            nv12.Add(MillisecondsPerFrame(clip, PixelFormat.Nv12));
            bgr.Add(MillisecondsPerFrame(clip, PixelFormat.Bgr24));
        }

        Console.WriteLine("decode + pipe + image to tensor, 640x352 h264 -> 416, frames/s");
        Console.WriteLine($"NV12 {1000 / nv12.Median,8:0}     BGR {1000 / bgr.Median,8:0}     NV12 over BGR {bgr.Median / nv12.Median:0.00}   (NV12 is the default)");
        return 0;
    }

    private static double MillisecondsPerFrame(string clip, PixelFormat format)
    {
        using var source = new FfmpegSource("clip", new FfmpegOptions { Url = clip, Format = format }, TimeProvider.System, NullLogger<FfmpegSource>.Instance);
        var converter = new ImageToTensor(new TensorSpec { Width = 416, Height = 416, Antialias = true });
        var tensor = new float[converter.Spec.Length];
        var (frames, start) = (0, Stopwatch.GetTimestamp());
        while (source.Read(CancellationToken.None) is { } frame)
        {
            using (frame)
            {
                converter.Convert(frame, tensor);
                frames++;
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / frames;
    }
}
