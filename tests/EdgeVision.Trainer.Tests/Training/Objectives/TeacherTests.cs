using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Torch;
using EdgeVision.Trainer.Training;
using TorchSharp;

namespace EdgeVision.Trainer.Tests.Training;

[Collection(Chance.Name)]
public sealed class TeacherTests
{
    // TorchSharp's kl_div takes logarithms unless told otherwise: networks once learnt a flat answer, four times less sure than their teacher.
    [Fact]
    public void Loss_TheTeachersOwnAnswer_LeavesNothingToLearn()
    {
        TorchRuntime.Start(1);
        using var scope = torch.NewDisposeScope();
        var network = new Network(ArchitectureCatalog.Build("mlp", new ArchitectureOptions { Classes = 4, Input = LayerShape.Map(1, 8, 8), Width = 0.25 }), seed: 3);
        using var teacher = new Teacher(network, share: 1);
        var input = torch.arange(2 * 64, torch.float32).reshape(2, 1, 8, 8) / 32;
        var own = network.Forward(input, training: false, network.Graph.Logits).detach();

        var (atOwn, slope) = LossAt(teacher, own, input);
        var (atOther, _) = LossAt(teacher, own * 0.25, input);

        Assert.InRange(slope, 0, 1e-5);
        Assert.True(atOther > atOwn, $"{atOther} beside {atOwn}");
    }

    private static (float Loss, float Slope) LossAt(Teacher teacher, torch.Tensor logits, torch.Tensor input)
    {
        var answer = logits.clone().requires_grad_();
        var loss = teacher.Loss(torch.zeros(1), answer, input);
        loss.sum().backward();
        return (loss.item<float>(), answer.grad!.abs().max().item<float>());
    }
}
