using EdgeVision.Compression;

namespace EdgeVision.Trainer.Measurement;

/// <summary>How well one class is told from the rest by its confidence: the area under the receiver operating characteristic, for resampling.</summary>
/// <remarks>Ranked once; equal scores count half. Example: the class 0.9 and 0.4, the rest 0.5 and 0.1: three of four pairs are in order, 0.75.</remarks>
internal sealed class RankStatistic : MetricStatistic
{
    private readonly (int Picture, float Score, bool IsOfClass)[] _ranked;

    /// <param name="pictures">Confidence in the class, and whether it is the true one.</param>
    public RankStatistic(IEnumerable<(float Score, bool IsOfClass)> pictures) =>
        _ranked = [.. pictures.Select((picture, i) => (i, picture.Score, picture.IsOfClass)).OrderBy(entry => entry.Score)];

    public override double Value(ReadOnlySpan<int> weights)
    {
        var (pairs, below, all) = (0.0, 0L, 0L);
        for (var i = 0; i < _ranked.Length;)
        {
            var (score, ofClass, ofRest) = (_ranked[i].Score, 0L, 0L);
            for (; i < _ranked.Length && _ranked[i].Score == score; i++)
            {
                ofClass += _ranked[i].IsOfClass ? weights[_ranked[i].Picture] : 0;
                ofRest += _ranked[i].IsOfClass ? 0 : weights[_ranked[i].Picture];
            }

            pairs += ofClass * (below + ofRest / 2.0);
            (below, all) = (below + ofRest, all + ofClass);
        }

        return below == 0 || all == 0 ? 0.5 : pairs / below / all;
    }
}
