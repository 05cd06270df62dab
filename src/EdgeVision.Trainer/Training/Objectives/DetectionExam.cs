using System.Runtime.InteropServices;
using EdgeVision.Compression;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>Boxes found, by the device's own decoder and suppression, against true ones: average precision at an IoU of 0.5, mean over the classes.</summary>
internal sealed class DetectionExam(LayerShape input, int classes) : Exam
{
    // Average precision wants the unsure too; below, there are only empty cells.
    private const float MinConfidence = 0.01f;
    private const float Iou = 0.5f;

    // What a package's manifest says unless it says another.
    private const float Suppression = 0.45f;

    private readonly BoxMatching _matching = new(Iou, classId => classId);
    private readonly Detections _detections = new();
    private readonly List<BoxOutcome> _outcomes = [];

    public override double Value => new PrecisionStatistic(_outcomes).Value([.. Enumerable.Repeat(1, _outcomes.Count)]);

    public override void Add(torch.Tensor answer, Batch truth)
    {
        for (var i = 0; i < truth.Count; i++)
        {
            Find(answer[i], MinConfidence, _detections);
            _outcomes.Add(_matching.Match([.. truth.Boxes[i].Select(box => new TrueBox(box.Class, new BoundingBox(box.X1, box.Y1, box.X2, box.Y2), box.Ignored))], _detections));
        }
    }

    /// <summary>The boxes of one picture, in pixels of the input, surest first.</summary>
    /// <param name="rows">[cells, 5 + classes], scores as logits.</param>
    public void Find(torch.Tensor rows, float minConfidence, Detections detections)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var scored = torch.cat([rows.narrow(1, 0, 4), rows.narrow(1, 4, 1 + classes).sigmoid()], 1).contiguous();
        var decoder = new YoloxDecoder([1, .. scored.shape], DetectionNetwork.Strides, input.Width, input.Height);
        detections.Clear();
        decoder.Decode(MemoryMarshal.Cast<byte, float>(scored.bytes), minConfidence, detections);
        NonMaxSuppression.Apply(detections, Suppression);
    }
}
