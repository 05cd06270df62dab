using System.Globalization;
using EdgeVision.Imaging;

namespace EdgeVision.Inference.Tests;

/// <summary>Two models loaded, run and unloaded in turn: what a device does over years of updates (I6).</summary>
[Collection(Alone.Name)]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Settled = 10;

    [Fact]
    public void VisionModel_LoadedAndUnloadedManyTimes_KeepsMemoryFlat()
    {
        // make soak sets 50, counted in restarts of a camera; a change of models is four times as quick: 200 cycles.
        var cycles = Math.Max(60, int.Parse(Environment.GetEnvironmentVariable("EDGEVISION_SOAK_CYCLES") ?? "0", CultureInfo.InvariantCulture) * 4);
        using var frame = new FramePool("grey", new ImageLayout(PixelFormat.Nv12, 640, 352), 1).TryRent()!;
        frame.Pixels.Fill(128);
        var (atTen, atEnd) = (0L, 0L);
        for (var cycle = 1; cycle <= cycles; cycle++)
        {
            LookOnce("yolox-nano", frame);
            LookOnce("fastestdet", frame);
            atEnd = ResidentKiB();
            atTen = cycle == Settled ? atEnd : atTen;
        }

        output.WriteLine($"resident after cycle {Settled}: {atTen / 1024.0:0.0} MiB, after cycle {cycles}: {atEnd / 1024.0:0.0} MiB ({100.0 * atEnd / atTen - 100:+0.0;-0.0} %)");
        Assert.InRange(atEnd, 0, atTen * 105 / 100);
    }

    private static void LookOnce(string model, Frame frame)
    {
        using var loaded = Shipped.Load(model);
        loaded.Infer(frame, new VisionResult());
    }

    /// <summary>After a collection, because garbage that is not collected yet is no leak.</summary>
    private static long ResidentKiB()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line[6..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
