using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>Where a part deviates from good ones, by features that another network learnt. Computed from good parts by a <see cref="DeviationFit"/>, so that dozens of them are enough; judged by real bad ones.</summary>
/// <remarks>Answer: logits [batch, 2, height, width], good and defect, as of <see cref="AnomalyObjective"/>.</remarks>
/// <param name="good">The class of good parts.</param>
internal sealed class DeviationObjective(int good) : Objective
{
    public override string Metric => "auroc";

    public override IReadOnlyList<VersionItem> LearntFrom(IReadOnlyList<VersionItem> items)
    {
        VersionItem[] goods = [.. items.Where(item => item.Class == good)];
        return goods.Length > 1 ? goods : throw new TrainerException("Of the good parts fewer than two are left to measure others against. Give more of them, or a smaller share to test.");
    }

    // What covers or mixes good parts makes them bad ones.
    public override AugmentationPolicy Prepare(AugmentationPolicy wished) =>
        wished with { Steps = [.. wished.Steps.Where(step => step is not Sometimes { Inner: RandomErasing })], MosaicShare = 0, Mixing = BatchMixing.None };

    /// <summary>How surely the farthest place of each picture says wrongly what it is.</summary>
    public override torch.Tensor Loss(torch.Tensor answer, torch.Tensor input, Batch truth)
    {
        var isBad = torch.tensor(truth.Labels.Take(truth.Count).Select(label => label == good ? 0f : 1f).ToArray());
        return torch.nn.functional.binary_cross_entropy_with_logits(FarthestOf(answer), isBad);
    }

    public override Exam NewExam() => new AnomalyExam(good);

    /// <summary>The logit of a defect at the place of each picture where it is greatest.</summary>
    public static torch.Tensor FarthestOf(torch.Tensor answer) => (answer.select(1, 1) - answer.select(1, 0)).flatten(1).amax([1]);

    /// <exception cref="TrainerException">The features are not another network's.</exception>
    public static void RequireFeatures(LayerGraph graph, IReadOnlyCollection<string> gifts)
    {
        var missing = graph.Parameters.Where(parameter => parameter.Layer.Name is not (DeviationNetwork.Whitening or DeviationNetwork.Classes) && !gifts.Contains(parameter.Name)).Select(parameter => parameter.Name).ToArray();
        if (missing.Length > 0)
        {
            throw new TrainerException($"deviation measures by what another network learnt to see, and {missing[0]} and {missing.Length - 1} more are not given: give --from with a squeezenet (a run, or the package of an ONNX file) of the same --width and channels.");
        }
    }
}
