using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Compression;

/// <summary>The golden set of a compressed package: evaluation pictures with the chosen variant's answers, on which every packaged variant passes the gates here.</summary>
/// <remarks>
/// A golden set asks whether a device computes what was computed here, not how good the model is; a picture on which the variants' answers fall apart would refuse a sound one, so it is left out.
/// Pictures are evenly chosen, made at most 640 pixels wide, because they travel with every update. Models whose answers no golden set holds get none.
/// </remarks>
internal static class GoldenSelection
{
    private const int Frames = 24;
    private const int Fewest = 6;
    private const int MaxWidth = 640;
    private const int Quality = 88;
    // Where a probability is near one half, 8 bits move it by this much without changing an answer.
    private const double ScoreDelta = 0.15;

    /// <summary>The gates that a package with 8-bit variants is held against.</summary>
    public static ManifestGates Gates(ManifestGates gates) => gates with { Golden = gates.Golden with { MaxScoreDelta = Math.Max(gates.Golden.MaxScoreDelta, ScoreDelta) } };

    /// <returns>Null where the model's answers fit no golden set, or too few pictures are left on which the variants agree.</returns>
    public static GoldenSet? Choose(EvaluationBench bench, IReadOnlyList<(byte[] Onnx, string Variant)> variants, IProgress<double>? progress, CancellationToken stop)
    {
        var golden = Build(bench, variants[0], stop);
        for (var i = 0; golden is not null && i < variants.Count; i++)
        {
            golden = Agreed(bench, variants[i], golden, stop);
            progress?.Report((i + 1.0) / variants.Count);
        }

        return golden;
    }

    private static GoldenSet? Build(EvaluationBench bench, (byte[] Onnx, string Variant) chosen, CancellationToken stop)
    {
        using var draft = bench.Package(chosen.Onnx, chosen.Variant, out var package);
        if (package.Manifest.Decode.Decoder is "none" or "ctc" or "segmentation")
        {
            return null;
        }

        using var model = VisionModel.Load(package, new InferenceOptions { Providers = ["cpu"] });
        return GoldenSetBuilder.Build(model, package, Pictures(bench.Dataset, stop));
    }

    private static IEnumerable<(string Name, ReadOnlyMemory<byte> Picture)> Pictures(Dataset dataset, CancellationToken stop)
    {
        var count = Math.Min(Frames, dataset.Items.Count);
        for (var i = 0; i < count; i++)
        {
            stop.ThrowIfCancellationRequested();
            if (TryOpen(dataset.Items[(int)((long)i * dataset.Items.Count / count)]) is { } frame)
            {
                using (frame)
                {
                    yield return (FormattableString.Invariant($"golden-{i + 1:00}"), Annotator.DrawJpeg(frame, new Detections(), [], Quality, MaxWidth).Jpeg);
                }
            }
        }
    }

    private static Frame? TryOpen(DatasetItem item)
    {
        try
        {
            return item.Open();
        }
        catch (ImageException)
        {
            return null; // the evaluation named it
        }
    }

    private static GoldenSet? Agreed(EvaluationBench bench, (byte[] Onnx, string Variant) variant, GoldenSet golden, CancellationToken stop)
    {
        while (golden.Frames.Count >= Fewest)
        {
            using var draft = bench.Package(variant.Onnx, variant.Variant, out var package, golden);
            using var model = VisionModel.Load(package, new InferenceOptions { Providers = ["cpu"] });
            var report = GoldenExam.Run(model, package, stop);
            if (report.Outcome == GoldenOutcome.Pass)
            {
                return golden;
            }

            if (report.FirstFailing is null || golden.Frames.All(frame => frame.Name != report.FirstFailing))
            {
                return null;
            }

            golden = golden with { Frames = [.. golden.Frames.Where(frame => frame.Name != report.FirstFailing)] };
        }

        return null;
    }
}
