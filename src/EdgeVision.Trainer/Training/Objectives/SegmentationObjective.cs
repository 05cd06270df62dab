using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace EdgeVision.Trainer.Training;

/// <summary>A class for each pixel: cross entropy, and how far each class's pixels are met as a whole (Dice, Milletari et al. 2016, 1606.04797), because a small defect is a small part of the first.</summary>
/// <remarks>Answer: logits [batch, classes, height, width] of the input's size. Pixels that are <see cref="Batch.NoMask"/> are neither learnt nor counted.</remarks>
internal sealed class SegmentationObjective(int classes) : Objective
{
    private static readonly long[] AllPixels = [0, 2, 3];

    public override string Metric => "miou";

    public override torch.Tensor Loss(torch.Tensor answer, torch.Tensor input, Batch truth)
    {
        var mask = MaskOf(truth);
        var counts = mask.ne(Batch.NoMask).unsqueeze(1);
        if (!counts.any().item<bool>())
        {
            return answer.sum() * 0; // nothing of the batch is known
        }

        var isTrue = one_hot(mask.where(mask.ne(Batch.NoMask), torch.zeros_like(mask)), answer.shape[1]).permute(0, 3, 1, 2) * counts;
        var shares = answer.softmax(1) * counts;
        var met = ((shares * isTrue).sum(AllPixels) * 2 + 1) / (shares.sum(AllPixels) + isTrue.sum(AllPixels) + 1);
        return cross_entropy(answer, mask, ignore_index: Batch.NoMask) + 1 - met.mean();
    }

    public override Exam NewExam() => new SegmentationExam(classes);

    /// <summary>[batch, height, width] of class ids.</summary>
    private static torch.Tensor MaskOf(Batch truth)
    {
        // Straight into libtorch's memory: arrays of this size would lie about until the whole heap is collected.
        var mask = torch.zeros([truth.Count, truth.Spec.Height, truth.Spec.Width], torch.uint8);
        truth.Masks.CopyTo(mask.bytes);
        return mask.to(torch.int64);
    }
}
