using EdgeVision.Imaging;
using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Torch;
using EdgeVision.Trainer.Training;
using TorchSharp;

namespace EdgeVision.Trainer.Tests.Training;

public class SegmentationObjectiveTests
{
    private const int Size = 32, Count = 4, Classes = 3;
    private static readonly TensorSpec Spec = new() { Width = Size, Height = Size, Channels = ChannelOrder.Gray };

    [Fact]
    public void Loss_FourPicturesLearntByHeart_TheirPixelsAreKnown()
    {
        TorchRuntime.Start(threads: 1);
        using var network = new Network(ArchitectureCatalog.Build("segmenter", new ArchitectureOptions { Classes = Classes, Input = LayerShape.Map(1, Size, Size), Width = 0.5 }), seed: 1);
        using var batch = Bars();

        var (first, last, value) = Practice.Run(network, new SegmentationObjective(Classes), batch, steps: 40, rate: 0.02);

        Assert.True(last < first / 2, $"{first} to {last}");
        Assert.InRange(value, 0.9, 1);
    }

    [Fact]
    public void Loss_NoPixelKnown_IsZero()
    {
        TorchRuntime.Start(threads: 1);
        using var scope = torch.NewDisposeScope();
        using var batch = Bars();
        batch.Masks.Fill(Batch.NoMask);

        Assert.Equal(0, new SegmentationObjective(Classes).Loss(torch.randn(Count, Classes, Size, Size), torch.zeros(1), batch).item<float>());
    }

    [Fact]
    public void Value_EightPixelsOfTwoClasses_IsTheMeanCountedByHand()
    {
        TorchRuntime.Start(threads: 1);
        using var scope = torch.NewDisposeScope();
        using var batch = new Batch(Spec with { Width = 9, Height = 1 }, 1, 2, hasMasks: true);
        batch.Reset(1);
        ((byte[])[0, 0, 0, 0, 1, 1, 1, 1, Batch.NoMask]).CopyTo(batch.Masks);
        var exam = new SegmentationExam(classes: 3); // one that does not occur

        exam.Add(torch.tensor(new float[] { 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, [1, 3, 1, 9]), batch);

        Assert.Equal((3.0 / 4 + 4.0 / 5) / 2, exam.Value, 6);
    }

    /// <summary>Dark (class 1) and bright (class 2) bars on noise; the last rows are of no picture.</summary>
    private static Batch Bars()
    {
        var batch = new Batch(Spec, Count, Classes, hasMasks: true);
        batch.Reset(Count);
        var random = RandomStream.For(1, "bars");
        for (var i = 0; i < batch.Masks.Length; i++)
        {
            var (picture, row, column) = (i / Size / Size, i / Size % Size, i % Size);
            var id = column / 6 == picture ? 1 : row / 5 == picture + 1 ? 2 : 0;
            batch.Masks[i] = row >= Size - 2 ? Batch.NoMask : (byte)id;
            batch.Pixels[i] = random.Normal() * 0.3f + id switch { 1 => -2, 2 => 2, _ => 0 };
        }

        return batch;
    }
}
