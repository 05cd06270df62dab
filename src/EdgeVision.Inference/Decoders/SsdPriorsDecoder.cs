using EdgeVision.Imaging;

namespace EdgeVision.Inference;

/// <summary>SSD with boxes as offsets from priors, decoded here.</summary>
/// <remarks>
/// In: scores [1, n, background + classes], offsets [1, n, 4]. centre = prior + offset * 0.1 * prior size, size = prior size * exp(offset * 0.2).
/// Priors: for each stride's map, row-major, one square per length, centred in its cell and clamped to the input. Example: stride 8, first cell, length 16: centre (4, 4), 16x16.
/// </remarks>
internal sealed class SsdPriorsDecoder : IOutputDecoder
{
    private const float CentreVariance = 0.1f;
    private const float SizeVariance = 0.2f;

    private readonly SsdScores _scores;
    private readonly Prior[] _priors;

    public SsdPriorsDecoder(long[] scores, long[] boxes, int backgroundClasses, IReadOnlyList<int> strides, IReadOnlyList<IReadOnlyList<float>> minBoxes, int inputWidth, int inputHeight)
    {
        _scores = new SsdScores("ssd-priors", scores, boxes, backgroundClasses);
        if (strides.Count != minBoxes.Count)
        {
            throw new InferenceException($"The decoder 'ssd-priors' needs one list in decode.minBoxes for each of decode.strides: {minBoxes.Count} lists, {strides.Count} strides.");
        }

        _priors = [.. strides.Zip(minBoxes).SelectMany(map => PriorsOf(map.First, map.Second, inputWidth, inputHeight))];
        OutputShape.Require(_priors.Length == _scores.BoxCount, "ssd-priors", $"[1, {_priors.Length}, 4], one row for each prior of strides and minBoxes,", boxes);
    }

    public int ClassCount => _scores.ClassCount;

    public void Decode(BoundTensor[] outputs, float minConfidence, Detections detections)
    {
        var scores = outputs[0].ReadFloats();
        var offsets = outputs[1].ReadFloats();
        for (var i = 0; i < _priors.Length; i++)
        {
            var (classId, confidence) = _scores.Best(scores, i);
            if (confidence >= minConfidence)
            {
                detections.Add(BoxOf(_priors[i], offsets.Slice(i * 4, 4)), confidence, classId);
            }
        }
    }

    private static BoundingBox BoxOf(Prior prior, ReadOnlySpan<float> offset) => BoundingBox.FromCentre(
        prior.X + offset[0] * CentreVariance * prior.Width,
        prior.Y + offset[1] * CentreVariance * prior.Height,
        prior.Width * MathF.Exp(offset[2] * SizeVariance),
        prior.Height * MathF.Exp(offset[3] * SizeVariance));

    // A map that the stride does not divide has a last row of cells that hangs over: its priors are clamped, as the network was trained.
    private static IEnumerable<Prior> PriorsOf(int stride, IReadOnlyList<float> lengths, int width, int height) =>
        from y in Enumerable.Range(0, (height + stride - 1) / stride)
        from x in Enumerable.Range(0, (width + stride - 1) / stride)
        from length in lengths
        select new Prior(
            MathF.Min((x + 0.5f) * stride, width), MathF.Min((y + 0.5f) * stride, height), MathF.Min(length, width), MathF.Min(length, height));

    /// <summary>A box to start from, in input pixels.</summary>
    private readonly record struct Prior(float X, float Y, float Width, float Height);
}
