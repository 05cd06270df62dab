using System.Numerics.Tensors;

namespace EdgeVision.Inference;

/// <summary>The scores of an SSD head: [1, boxes, background + classes], 0 to 1.</summary>
internal readonly struct SsdScores
{
    private readonly int _background;
    private readonly int _columns;

    public SsdScores(string decoder, long[] scores, long[] boxes, int backgroundClasses)
    {
        OutputShape.Require(scores is [1, _, var columns] && columns > backgroundClasses, decoder, $"[1, boxes, {backgroundClasses} + classes] as its first", scores);
        OutputShape.Require(boxes is [1, var count, 4] && count == scores[1], decoder, $"[1, {scores[1]}, 4] as its second", boxes);
        _background = backgroundClasses;
        _columns = (int)scores[2];
        BoxCount = (int)scores[1];
    }

    public int BoxCount { get; }

    public int ClassCount => _columns - _background;

    /// <summary>The surest class of a box that is not background.</summary>
    public (int ClassId, float Confidence) Best(ReadOnlySpan<float> scores, int box)
    {
        var classes = scores.Slice(box * _columns + _background, ClassCount);
        var best = TensorPrimitives.IndexOfMax(classes);
        return (best, classes[best]);
    }
}
