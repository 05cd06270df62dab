namespace EdgeVision.Compression;

/// <summary>F1 of the boxes of two models over all pictures: 2 * both / (2 * both + only here + only there), 1 where there are none.</summary>
internal sealed class AgreementStatistic(BoxAgreement[] pictures) : MetricStatistic
{
    public override double Value(ReadOnlySpan<int> weights)
    {
        var (both, alone) = (0L, 0L);
        for (var i = 0; i < pictures.Length; i++)
        {
            both += (long)weights[i] * pictures[i].Both;
            alone += (long)weights[i] * (pictures[i].OnlyHere + pictures[i].OnlyThere);
        }

        return F1(both, alone);
    }

    public static double F1(long both, long alone) => both + alone == 0 ? 1 : 2.0 * both / (2 * both + alone);
}
