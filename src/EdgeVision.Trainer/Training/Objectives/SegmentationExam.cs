using System.Runtime.InteropServices;
using EdgeVision.Compression;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>Intersection over union of each class's pixels over all pictures together, mean over the classes that occur.</summary>
internal sealed class SegmentationExam(int classes) : Exam
{
    private readonly SegmentOverlap _overlap = new(classes);

    public override double Value => _overlap.Mean;

    public override void Add(torch.Tensor answer, Batch truth)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var classOf = answer.argmax(1);
        var answered = MemoryMarshal.Cast<byte, long>(classOf.bytes);
        var masks = truth.Masks;
        for (var i = 0; i < masks.Length; i++)
        {
            _overlap.Add(masks[i], (byte)answered[i]);
        }
    }
}
