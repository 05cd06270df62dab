using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression.Tests;

/// <summary>Alone in the process while it runs, because the kernel counts the peak of them all.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class CalibrationMemoryTests
{
    private const double AllowedMiB = 64;

    [Fact]
    public void Collect_ManySamples_TakesNoMoreMemoryThanFew()
    {
        // 3200 samples of 48 KiB are 150 MiB, their values 1.2 GiB: whoever kept either would be seen.
        var network = CleanupNetworks.Bytes([1, 3, 64, 64], [OnnxNode.Of("Conv", ["x", "w"], ["c"]), OnnxNode.Of("Relu", ["c"], ["y"])], [CleanupNetworks.Draw("w", 6, 3, 1, 1)]);
        Collect(network, 1);

        Assert.InRange(PeakOf(() => Collect(network, 32)), 0, AllowedMiB);
        Assert.InRange(PeakOf(() => Collect(network, 3200)), 0, AllowedMiB);
    }

    private static void Collect(byte[] network, int samples)
    {
        var numbers = Enumerable.Range(0, 3 * 64 * 64).Select(i => (float)(i % 251)).ToArray();
        Calibrator.Collect(network, "small.onnx", ["x", "c", "y"], Enumerable.Range(0, samples).Select(_ => NetworkTensor.Of([1, 3, 64, 64], numbers)));
    }

    /// <summary>In whole MiB begun, because the kernel counts pages in batches for each processor: after an action that takes nothing it may read 30 pages less than before.</summary>
    private static double PeakOf(Action action)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
        var before = Status("VmRSS:");
        action();
        return Math.Ceiling((Status("VmHWM:") - before) / (double)(1 << 20));
    }

    private static long Status(string key) =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) << 10;
}
