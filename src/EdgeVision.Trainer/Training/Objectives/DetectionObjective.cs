using System.Runtime.InteropServices;
using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace EdgeVision.Trainer.Training;

/// <summary>Boxes of objects, as YOLOX learns them (Ge et al. 2021, 2107.08430).</summary>
/// <remarks>
/// Answer: [batch, cells, 5 + classes], scores as logits. Cells that <see cref="CellAssigner"/> gives an object learn its box (generalised IoU, Rezatofighi et al. 2019, 1902.09630) and its class as
/// surely as they overlap it; all cells learn whether there is one, but those over ignored objects. Sums are over the cells of the batch with an object, so that a picture with ten of them counts ten times.
/// </remarks>
/// <param name="input">What the pictures are laid into, multiples of 32.</param>
internal sealed class DetectionObjective(LayerShape input, int classes) : Objective
{
    private const float BoxWeight = 5;

    // Beyond, a box would be wider than any picture and its exponential soon no number.
    private const float GreatestLogSize = 8;

    private readonly CellGrid _grid = new(DetectionNetwork.Strides, input.Width, input.Height);
    private readonly MatchedCells _matched = new(classes);

    public override string Metric => "map50";

    public override torch.Tensor Loss(torch.Tensor answer, torch.Tensor input, Batch truth)
    {
        Match(answer, truth);
        var all = answer.reshape(-1, 5 + classes);
        var rows = torch.tensor(_matched.Rows);
        var isObject = torch.zeros(all.shape[0]).index_fill_(0, rows, 1);
        var counts = torch.ones(all.shape[0]).index_fill_(0, torch.tensor(_matched.Ignored), 0);
        var loss = binary_cross_entropy_with_logits(all.select(1, 4), isObject, counts, reduction: torch.nn.Reduction.Sum);
        if (_matched.Count == 0)
        {
            return loss;
        }

        var cells = all.index_select(0, rows);
        var kinds = binary_cross_entropy_with_logits(cells.narrow(1, 5, classes), torch.tensor(_matched.Classes).view(-1, classes), reduction: torch.nn.Reduction.Sum);
        return (loss + kinds + BoxLoss(cells) * BoxWeight) / _matched.Count;
    }

    public override Exam NewExam() => new DetectionExam(input, classes);

    private void Match(torch.Tensor answer, Batch truth)
    {
        using var _ = torch.no_grad();
        using var detached = answer.detach();
        var rows = MemoryMarshal.Cast<byte, float>(detached.bytes);
        var perPicture = rows.Length / truth.Count;
        var assigner = new CellAssigner(_grid, classes);
        _matched.Clear();
        for (var i = 0; i < truth.Count; i++)
        {
            assigner.Assign(rows.Slice(i * perPicture, perPicture), truth.Boxes[i]);
            _matched.Add(i, _grid, assigner, truth.Boxes[i]);
        }
    }

    /// <summary>1 - generalised IoU, summed over the cells.</summary>
    private torch.Tensor BoxLoss(torch.Tensor cells)
    {
        var places = torch.tensor(_matched.Places).view(-1, 3); // column, row, stride
        var strides = places.narrow(1, 2, 1);
        var centres = (cells.narrow(1, 0, 2) + places.narrow(1, 0, 2)) * strides;
        var halves = cells.narrow(1, 2, 2).clamp_max(GreatestLogSize).exp() * strides / 2;
        var (leftTop, rightBottom) = (centres - halves, centres + halves);
        var bounds = torch.tensor(_matched.Bounds).view(-1, 4);
        var (trueLeftTop, trueRightBottom) = (bounds.narrow(1, 0, 2), bounds.narrow(1, 2, 2));

        var shared = Area((torch.minimum(rightBottom, trueRightBottom) - torch.maximum(leftTop, trueLeftTop)).clamp_min(0));
        var joined = Area(rightBottom - leftTop) + Area(trueRightBottom - trueLeftTop) - shared;
        var around = Area(torch.maximum(rightBottom, trueRightBottom) - torch.minimum(leftTop, trueLeftTop));
        return (2 - shared / joined - joined / around).sum(); // 1 - (IoU - (around - joined) / around)
    }

    private static torch.Tensor Area(torch.Tensor sides) => sides.select(1, 0) * sides.select(1, 1);
}
