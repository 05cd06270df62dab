namespace EdgeVision.Trainer;

/// <summary>Mixup or cutmix of a whole batch, by lot.</summary>
/// <param name="Mixup">Share of batches, 0 to 1.</param>
/// <param name="CutMix">Share of batches, 0 to 1; together at most 1.</param>
internal sealed record BatchMixing(float Mixup, float CutMix)
{
    public static readonly BatchMixing None = new(0, 0);

    public void Apply(Batch batch, RandomStream random)
    {
        var lot = random.NextFloat();
        if (lot >= Mixup + CutMix || batch.Count < 2)
        {
            return;
        }

        var partners = Enumerable.Range(0, batch.Count).ToArray();
        random.Shuffle<int>(partners);
        // Uniform shares: the papers' Beta(1, 1).
        var share = random.NextFloat();
        if (lot < Mixup)
        {
            Trainer.Mixup.Mix(batch, partners, share);
            return;
        }

        var (left, top, width, height) = Trainer.CutMix.Rectangle(batch.Spec.Width, batch.Spec.Height, 1 - share, random);
        Trainer.CutMix.Mix(batch, partners, left, top, width, height);
    }
}
