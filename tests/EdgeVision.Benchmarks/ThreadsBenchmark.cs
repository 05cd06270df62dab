using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Testing;

namespace EdgeVision.Benchmarks;

/// <summary>YOLOX-Nano's bare run with 1 and 2 threads, spinning and not, in turn; and the bytes a whole frame allocates.</summary>
internal static class ThreadsBenchmark
{
    private const int Rounds = 8;
    private const int RunsPerRound = 25;

    public static int Run()
    {
        var package = Path.Combine(TestData.RepositoryRoot, "artifacts", "models", "yolox-nano");
        if (!Directory.Exists(package))
        {
            Console.Error.WriteLine($"needs {package}: run make models with EDGEVISION_DATA set");
            return 2;
        }

        var rivals = Settings.Select(options => (Options: options, Model: VisionModel.Load(ModelPackage.Open(package), options), Samples: new Samples())).ToList();
        for (var i = 0; i < Rounds * rivals.Count; i++)
        {
            var (_, model, samples) = rivals[i % rivals.Count];
            model.RunBare();
            for (var run = 0; run < RunsPerRound; run++)
            {
                samples.Time(model.RunBare, 1);
            }
        }

        Console.WriteLine($"{"YOLOX-Nano, bare run, ms",-46} {"p50",8} {"p99",8}");
        foreach (var (options, _, samples) in rivals)
        {
            Console.WriteLine($"{$"{options.Threads} thread(s), spinning {(options.Spinning ? "on" : "off")}",-46} {samples.Median,8:0.00} {samples.Quantile(0.99),8:0.00}");
        }

        var bytes = AllocatedPerFrame(rivals[0].Model);
        rivals.ForEach(rival => rival.Model.Dispose());
        Console.WriteLine($"managed bytes per Infer in steady state: {bytes} (must be 0)");
        return bytes == 0 ? 0 : 1;
    }

    private static IEnumerable<InferenceOptions> Settings =>
        from threads in (int[])[1, 2]
        from spinning in (bool[])[false, true]
        select new InferenceOptions { Threads = threads, Spinning = spinning, MinConfidence = () => 0.01f };

    private static long AllocatedPerFrame(VisionModel model)
    {
        const int Frames = 100;
        using var frame = new FramePool("grey", new ImageLayout(PixelFormat.Nv12, 640, 352), 1).TryRent()!;
        frame.Pixels.Fill(128);
        var result = new VisionResult();
        model.Infer(frame, result);
        model.Infer(frame, result);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Frames; i++)
        {
            model.Infer(frame, result);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
