namespace EdgeVision.Trainer.Training;

/// <summary>The area under the receiver operating characteristic: how likely a bad one has a higher score than a good one (Hanley and McNeil 1982).</summary>
internal static class RankArea
{
    /// <summary>0 to 1; equal scores count half, 0.5 where one side is empty. Example: bad 0.9 and 0.4, good 0.5 and 0.1: three of four pairs are in order, 0.75.</summary>
    public static double Of(IReadOnlyList<(float Score, bool IsBad)> pictures)
    {
        var (bad, below, pairs) = (pictures.Count(picture => picture.IsBad), 0.0, 0.0);
        foreach (var same in pictures.GroupBy(picture => picture.Score).OrderBy(group => group.Key))
        {
            var (worse, better) = (same.Count(picture => picture.IsBad), same.Count(picture => !picture.IsBad));
            pairs += worse * (below + better / 2.0);
            below += better;
        }

        return bad == 0 || below == 0 ? 0.5 : pairs / bad / below;
    }
}
