using System.Runtime.InteropServices;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>Intersection over union of each class's pixels over all pictures together, mean over the classes that occur.</summary>
/// <remarks>Example: of two classes, 3 pixels of the first found as such and 1 as the second, and the 4 of the second all found: 3/4 and 4/5, mean 0.775.</remarks>
internal sealed class SegmentationExam(int classes) : Exam
{
    // Row: the true class; column: the answered one.
    private readonly long[] _counts = new long[classes * classes];

    public override double Value
    {
        get
        {
            var overlaps = Enumerable.Range(0, classes).Select(Overlap).OfType<double>().ToArray();
            return overlaps.Length == 0 ? 0 : overlaps.Average();
        }
    }

    public override void Add(torch.Tensor answer, Batch truth)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var classOf = answer.argmax(1);
        var answered = MemoryMarshal.Cast<byte, long>(classOf.bytes);
        var masks = truth.Masks;
        for (var i = 0; i < masks.Length; i++)
        {
            if (masks[i] < classes)
            {
                _counts[masks[i] * classes + answered[i]]++;
            }
        }
    }

    private double? Overlap(int id)
    {
        var joined = Enumerable.Range(0, classes).Sum(other => _counts[id * classes + other] + _counts[other * classes + id]) - _counts[id * classes + id];
        return joined == 0 ? null : (double)_counts[id * classes + id] / joined;
    }
}
