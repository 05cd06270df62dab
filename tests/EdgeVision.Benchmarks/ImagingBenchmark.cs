using EdgeVision.Imaging;
using EdgeVision.Testing;

namespace EdgeVision.Benchmarks;

/// <summary>Image to tensor against OpenCV's resize and blobFromImage (cvtColor before, for NV12), one thread each, in turn.</summary>
internal static class ImagingBenchmark
{
    private const int Rounds = 9;
    private const double MillisecondsPerRound = 40;

    public static int Run()
    {
        using var peer = new OpenCvPeer(Path.Combine(TestData.RepositoryRoot, "tests", "EdgeVision.Benchmarks", "peers", "opencv_blob.py"));
        Console.WriteLine($"{"image to tensor, 1 thread, ms",-46} {"ours",8} {"OpenCV",8} {"ratio",7}   must");
        var isMet = true;
        foreach (var @case in ImagingCase.All())
        {
            isMet &= Compare(@case, peer);
        }

        Console.WriteLine("Antialiased, OpenCV's nearest is INTER_AREA: shown, not promised.");
        return isMet ? 0 : 1;
    }

    private static bool Compare(ImagingCase @case, OpenCvPeer peer)
    {
        using var frame = Noise(@case);
        var converter = new ImageToTensor(@case.Spec);
        var tensor = new float[@case.Spec.Length];
        var (ours, theirs) = (new Samples(), new Samples());
        var times = TimesFor(() => converter.Convert(frame, tensor));
        peer.Measure(@case, times);
        for (var round = 0; round < Rounds; round++)
        {
            ours.Time(() => converter.Convert(frame, tensor), times);
            theirs.Add(peer.Measure(@case, times));
        }

        var ratio = ours.Median / theirs.Median;
        var isMet = @case.Spec.Antialias || ratio <= 1;
        Console.WriteLine($"{@case.Name,-46} {ours.Median,8:0.000} {theirs.Median,8:0.000} {ratio,7:0.00}   {(@case.Spec.Antialias ? "" : "<= 1.00  " + (isMet ? "pass" : "FAIL"))}");
        return isMet;
    }

    private static int TimesFor(Action action)
    {
        action();
        var once = new Samples();
        once.Time(action, 20);
        return Math.Max(1, (int)(MillisecondsPerRound / once.Median));
    }

    private static Frame Noise(ImagingCase @case)
    {
        var frame = new FramePool("noise", new ImageLayout(@case.Format, @case.Width, @case.Height), 1).TryRent()!;
#pragma warning disable CA5394 // pixels, not secrets
        new Random(1).NextBytes(frame.Pixels);
#pragma warning restore CA5394
        return frame;
    }
}
