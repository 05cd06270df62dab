namespace EdgeVision.Compression;

/// <summary>How fast the variants are on this machine, the float network among them: all in turns, one thread and as many as were asked for.</summary>
internal static class LatencyTable
{
    private const int Runs = 60;

    /// <summary>By variant; the float network's own rows under <see cref="FloatSubject.Variant"/>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<LatencyReport>> Measure(FloatSubject subject, IReadOnlyList<TriedVariant> variants, int threads, IProgress<double>? progress, CancellationToken stop)
    {
        TimedNetwork[] networks = [Timed(FloatSubject.Variant, subject.Onnx, subject), .. variants.Select(variant => Timed(variant.Kind, variant.Onnx, subject))];
        var rows = networks.ToDictionary(network => network.Name, _ => new List<LatencyReport>(), StringComparer.Ordinal);
        int[] counts = threads > 1 ? [1, threads] : [1];
        foreach (var (index, count) in counts.Index())
        {
            stop.ThrowIfCancellationRequested();
            var results = LatencyMeter.Measure(networks, count, 1, Runs);
            foreach (var result in results)
            {
                rows[result.Name].Add(new LatencyReport(count, results[0].MinMs, results[0].P50Ms, result.MinMs, result.P50Ms));
            }

            progress?.Report((index + 1.0) / counts.Length);
        }

        return rows.ToDictionary(row => row.Key, IReadOnlyList<LatencyReport> (row) => row.Value, StringComparer.Ordinal);
    }

    /// <summary>A network as it is timed.</summary>
    public static TimedNetwork Timed(string name, byte[] onnx, FloatSubject subject) => new(name, onnx, name == WeightOnlyQuantizer.Variant) { Shapes = subject.InputShapes };
}
