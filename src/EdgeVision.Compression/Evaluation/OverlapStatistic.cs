namespace EdgeVision.Compression;

/// <summary>Intersection over union of each class's pixels over all pictures together, mean over the classes that occur.</summary>
internal sealed class OverlapStatistic(SegmentOverlap[] pictures, int classes) : MetricStatistic
{
    public override double Value(ReadOnlySpan<int> weights)
    {
        var sums = new long[classes * classes];
        for (var i = 0; i < pictures.Length; i++)
        {
            pictures[i].AddTo(sums, weights[i]);
        }

        return SegmentOverlap.MeanOf(sums, classes);
    }
}
