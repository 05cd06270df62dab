using EdgeVision.Inference;
using EdgeVision.Onnx;

namespace EdgeVision.Compression;

/// <summary>The float network in the one form that everything else begins with: cleaned, and equalized where that is worth it.</summary>
/// <param name="Onnx">The file.</param>
/// <param name="Changes">What was done, in words.</param>
/// <param name="IsEqualized">Channels were rescaled; the outputs are the same but for rounding.</param>
internal sealed record PreparedNetwork(byte[] Onnx, IReadOnlyList<string> Changes, bool IsEqualized)
{
    // Below it rescaling channels gains nothing that 8 bits could show.
    private const double LeastRatio = 2;
    private const double MaxError = 1e-4;

    public string Digest { get; } = WorkFolder.DigestOf(Onnx);

    /// <summary>A graph of its own, to be changed.</summary>
    public OnnxModel Open() => OnnxModel.Load(Onnx, "the cleaned network", new GraphLimits(int.MaxValue, int.MaxValue));

    /// <summary>Steps 2 of the search: what a trained file carries along is folded or taken out.</summary>
    public static PreparedNetwork Clean(FloatSubject subject)
    {
        var report = GraphCleanup.Apply(subject.Model, subject.InputShapes);
        return new PreparedNetwork(subject.Model.Save(), [.. report.Totals.Select(total => total.Count == 1 ? total.What : $"{total.Count} x {total.What}")], false);
    }

    /// <summary>Step 3: ranges of channels between two layers made alike. Kept only where it changes the weights, and the outputs not at all.</summary>
    public PreparedNetwork Equalize(FloatSubject subject)
    {
        var model = Open();
        try
        {
            var report = CrossLayerEqualization.Apply(model, new EqualizationOptions { InputShapes = subject.InputShapes });
            return report.Pairs.Count == 0 || report.RatioBefore < LeastRatio || report.Error > MaxError ? this : new PreparedNetwork(
                model.Save(), [.. Changes, FormattableString.Invariant($"cross-layer equalization of {report.Pairs.Count} pairs: greatest ratio of channel ranges {report.RatioBefore:0.#} to {report.RatioAfter:0.#}")], true);
        }
        catch (Exception exception) when (exception is CompressionException or InferenceException)
        {
            return this with { Changes = [.. Changes, $"cross-layer equalization was left out: {exception.Message}"] };
        }
    }
}
