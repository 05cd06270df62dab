namespace EdgeVision.Trainer;

/// <summary>Mixup or cutmix of a whole batch, by lot.</summary>
/// <param name="MixupShare">Share of batches, 0 to 1.</param>
/// <param name="CutMixShare">Share of batches, 0 to 1; together at most 1.</param>
internal sealed record BatchMixing(float MixupShare, float CutMixShare)
{
    public static readonly BatchMixing None = new(0, 0);

    public void Apply(Batch batch, RandomStream random)
    {
        var lot = random.NextFloat();
        if (lot >= MixupShare + CutMixShare || batch.Count < 2)
        {
            return;
        }

        var partners = Enumerable.Range(0, batch.Count).ToArray();
        random.Shuffle<int>(partners);
        // Uniform shares: the papers' Beta(1, 1).
        var share = random.NextFloat();
        if (lot < MixupShare)
        {
            Mixup.Mix(batch, partners, share);
            return;
        }

        var (left, top, width, height) = CutMix.Rectangle(batch.Spec.Width, batch.Spec.Height, 1 - share, random);
        CutMix.Mix(batch, partners, left, top, width, height);
    }
}
