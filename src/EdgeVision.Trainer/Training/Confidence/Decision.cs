namespace EdgeVision.Trainer.Training;

/// <summary>From which confidence on an alarm is raised, and what comes of it on test pictures.</summary>
/// <param name="Alarm">Name of the class.</param>
/// <param name="Threshold">Confidence in it from which it is an alarm, 0 to 1, chosen on validation pictures.</param>
/// <param name="Missed">Share of the pictures with it that raise none.</param>
/// <param name="FalseAlarms">Share of the others that raise one.</param>
/// <param name="CostPerPicture">In the units of <see cref="DecisionCost"/>.</param>
/// <param name="CostAtHalf">The same, were the surer class simply believed.</param>
internal sealed record Decision(string Alarm, double Threshold, double Missed, double FalseAlarms, double CostPerPicture, double CostAtHalf)
{
    /// <summary>The threshold that costs least; of several the one nearest to the ideal.</summary>
    /// <param name="pictures">Confidence in the alarm, and whether it would be right.</param>
    /// <remarks>Example: alarms 0.9 and 0.3, others 0.4 and 0.1, miss 5, false alarm 1: at 0.2 one false alarm costs 1, at 0.65 one miss costs 5: 0.2.</remarks>
    public static double Choose(IReadOnlyList<(double Share, bool IsAlarm)> pictures, DecisionCost cost)
    {
        var scores = pictures.GroupBy(picture => picture.Share).OrderBy(group => group.Key).ToArray();
        var price = cost.FalseAlarm * pictures.Count(picture => !picture.IsAlarm);
        var (best, least, below) = (0.0, price, 0.0);
        for (var i = 0; i < scores.Length; i++)
        {
            // Beyond this score all its pictures raise no alarm any more.
            price += scores[i].Sum(picture => picture.IsAlarm ? cost.Miss : -cost.FalseAlarm);
            below = i + 1 < scores.Length ? (scores[i].Key + scores[i + 1].Key) / 2 : (scores[i].Key + 1) / 2;
            if (price < least || (price == least && Math.Abs(below - cost.IdealThreshold) < Math.Abs(best - cost.IdealThreshold)))
            {
                (best, least) = (below, price);
            }
        }

        return best;
    }

    public static Decision At(double threshold, IReadOnlyList<(double Share, bool IsAlarm)> pictures, DecisionCost cost, string alarm)
    {
        var (alarms, others) = (pictures.Count(picture => picture.IsAlarm), pictures.Count(picture => !picture.IsAlarm));
        var (missed, false_) = Wrong(threshold);
        return new Decision(alarm, threshold, (double)missed / Math.Max(1, alarms), (double)false_ / Math.Max(1, others), PriceOf((missed, false_)), PriceOf(Wrong(0.5)));

        (int Missed, int False) Wrong(double limit) => (pictures.Count(picture => picture.IsAlarm && picture.Share < limit), pictures.Count(picture => !picture.IsAlarm && picture.Share >= limit));

        double PriceOf((int Missed, int False) wrong) => (wrong.Missed * cost.Miss + wrong.False * cost.FalseAlarm) / pictures.Count;
    }
}
