using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>Where a part is not as good parts are. Learnt from good parts alone, into which <see cref="PlantedDefect"/> puts defects, or beside them from bad ones, on which people marked where; judged by real ones.</summary>
/// <remarks>
/// Answer: logits [batch, 2, height, width], good and defect, so that a device runs it as a segmenter of two classes: the map shows where, and the share of defect whether. Needs no weights from
/// elsewhere, which teachers of the usual methods come with.
/// </remarks>
/// <param name="good">The class of good parts.</param>
/// <param name="fromMarked">Learns from bad parts as well, by their masks.</param>
internal sealed class AnomalyObjective(int good, bool fromMarked = false) : Objective
{
    public override string Metric => "auroc";

    public override IReadOnlyList<VersionItem> LearntFrom(IReadOnlyList<VersionItem> items)
    {
        VersionItem[] goods = [.. items.Where(item => item.Class == good)];
        return goods.Length == 0 ? throw new TrainerException("Of the good parts none is left to learn from. Give more of them, or a smaller share to test.")
            : !fromMarked ? goods
            : items.Any(item => item.Class != good && item.MaskSha256 is not null) ? items
            : throw new TrainerException("An inspector learns from defects that are marked, and no bad part has a mask: give --masks. Without any there is --model anomaly.");
    }

    public override AugmentationPolicy Prepare(AugmentationPolicy wished) => wished.ForParts with { Steps = [.. wished.ForParts.Steps, new PlantedDefect()] };

    public override torch.Tensor Loss(torch.Tensor answer, torch.Tensor input, Batch truth) => SegmentationObjective.LossOf(answer, MaskOf(truth));

    public override Exam NewExam() => new AnomalyExam(good);

    /// <summary>1 for every class of defect, 0 beside the picture too, because all places are asked for the surest; of bad parts in a set without masks nothing is known.</summary>
    private torch.Tensor MaskOf(Batch truth)
    {
        if (truth.HasMasks)
        {
            var mask = SegmentationObjective.MaskOf(truth);
            return mask.where(mask.ne(Batch.NoMask), torch.zeros_like(mask)).clamp_max(1);
        }

        long[] perPicture = [.. truth.Labels.Take(truth.Count).Select(label => label == good ? 0L : Batch.NoMask)];
        return torch.tensor(perPicture).view(-1, 1, 1).expand(truth.Count, truth.Spec.Height, truth.Spec.Width).contiguous();
    }
}
