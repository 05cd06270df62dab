using EdgeVision.Trainer.Measurement;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>How well bad parts are told from good ones by one score for each picture: the area under the receiver operating characteristic.</summary>
/// <remarks>The score is the mean of the surest half per cent of the picture's pixels: one pixel is noise, and a small defect is lost in the mean of all.</remarks>
internal sealed class AnomalyExam(int good) : Exam
{
    private const int PixelsPerCounted = 200;

    private readonly List<(float Score, bool IsBad)> _pictures = [];

    public override double Value => new RankStatistic(_pictures).Value(_pictures.Count);

    public override void Add(torch.Tensor answer, Batch truth)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var defect = answer.softmax(1).select(1, 1).flatten(1);
        var scores = defect.topk((int)Math.Max(1, defect.shape[1] / PixelsPerCounted), 1).values.mean([1]).data<float>().ToArray();
        _pictures.AddRange(scores.Zip(truth.Labels, (score, label) => (score, label != good)));
    }
}
