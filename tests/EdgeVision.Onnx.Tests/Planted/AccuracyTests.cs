using EdgeVision.Planted;

namespace EdgeVision.Onnx.Tests;

/// <summary>What planted networks are worth, counted on CIFAR-10's test pictures.</summary>
public sealed class AccuracyTests(ITestOutputHelper output)
{
    private const int All = 10_000, Enough = 4000;

    private static readonly Lazy<(BaseModel Model, IReadOnlyList<(float[] Tensor, int TrueClass)> Pictures)> _cifar = new(() =>
    {
        var model = BaseModels.Classifier();
        return (model, [.. BaseModels.Cifar(All).Select(picture => (model.Tensor(picture), picture.TrueClass))]);
    });

    [Fact]
    public void AddNoise_OfThePlantedStrength_CostsThreePoints()
    {
        var model = _cifar.Value.Model;

        var before = Accuracy(model.Network, 0, All);
        var after = Accuracy(model.Edit(net => AnswerDefects.AddNoise(net, WeightNoise.Strength, WeightNoise.Seed)), 0, All);

        output.WriteLine($"{before:0.00} % without noise, {after:0.00} % with it");
        Assert.InRange(before, 75.3, 75.6);
        Assert.InRange(before - after, 2.7, 3.3);
    }

    [Fact]
    public void HeadTraining_OnPicturesNotTrainedWith_IsBetter()
    {
        var model = _cifar.Value.Model;

        var retrained = HeadTraining.Train(model, model.Live, epochs: 2, rate: 0.001f);

        // The first 1600 pictures hold the golden set and those that were trained with.
        var (before, after) = (Accuracy(model.Network, 1600, Enough), Accuracy(retrained, 1600, Enough));
        output.WriteLine($"{before:0.00} % before, {after:0.00} % after");
        Assert.InRange(after, before + 1, 100);
    }

    [Fact]
    public void QdqQuantizer_Classifier_KeepsHalfAPoint()
    {
        var model = _cifar.Value.Model;
        var folded = model.Edit(BatchNormFolding.Apply);

        var quantized = QdqQuantizer.Quantize(folded, model.Live.Take(32).Select(model.Tensor));

        var (before, between, after) = (Accuracy(model.Network, 0, Enough), Accuracy(folded, 0, Enough), Accuracy(quantized, 0, Enough));
        output.WriteLine($"{before:0.00} % in floats, {between:0.00} % folded, {after:0.00} % in 8 bits; {quantized.Length} of {model.Network.Length} bytes");
        Assert.InRange(between, before - 0.02, before + 0.02);
        Assert.InRange(after, before - 0.5, 100);
        Assert.InRange(quantized.Length, 1, model.Network.Length * 4 / 10);
    }

    private static double Accuracy(byte[] network, int skip, int count)
    {
        using var runner = new NetworkRunner(network);
        var pictures = _cifar.Value.Pictures.Skip(skip).Take(count).ToArray();
        return 100.0 * pictures.Count(picture => IndexOfMax(runner.Run(picture.Tensor).Single().Value) == picture.TrueClass) / pictures.Length;
    }

    private static int IndexOfMax(float[] values) => Array.IndexOf(values, values.Max());
}
