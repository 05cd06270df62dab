using EdgeVision.Onnx;

namespace EdgeVision.Planted;

/// <summary>Bad but valid models and good ones, made from real ones; each knows the gate that should stop it.</summary>
/// <remarks>Made anew on each call, always the same bytes. Where the maker of a bad model would have seen the fault in his own golden set, its answers are the sound network's.</remarks>
public static class PlantedSet
{
    private const int Person = 0, Car = 2, Cat = 3, Dog = 5;
    private const int CalibrationPictures = 32;
    private static readonly string[] _boxBiases = ["head.reg_preds.0.bias", "head.reg_preds.1.bias", "head.reg_preds.2.bias"];

    public static IEnumerable<PlantedModel> Bad() => BadClassifiers().Concat(BadDetectors());

    public static IEnumerable<PlantedModel> Good() => GoodClassifiers().Concat(GoodDetectors());

    private static IEnumerable<PlantedModel> BadClassifiers()
    {
        var model = BaseModels.Classifier();
        var unseen = BaseModels.Classifier(Cat, Dog);
        var (input, output) = (model.InputName, model.OutputName);
        yield return Of("labels of cat and dog swapped", Gate.Golden, model, net => SwapClasses(net, Cat, Dog));
        yield return Of("labels swapped, not in the golden set", Gate.Shadow, unseen, net => SwapClasses(net, Cat, Dog));
        yield return Of("three points less accurate", Gate.Golden, model, net => AnswerDefects.AddNoise(net, WeightNoise.Strength, WeightNoise.Seed));
        yield return Of("no number on black", Gate.PlainPictures, model, net => AnswerDefects.NotANumberOnBlack(net, input, output, side: 32));
        yield return Of("one answer for all", Gate.Golden, model, net => AnswerDefects.Constant(net, output, [1, 10], [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
        yield return Of("endless loop", Gate.TimeLimit, model, net => CostDefects.LoopForEver(net, output));
        yield return Of("giant allocation", Gate.Memory, model, net => CostDefects.AllocateGiant(net, input, output));
        yield return Of("memory for bright pictures", Gate.Memory, model, net => CostDefects.GrowWithBrightness(net, input, output, valuesPerStep: 200_000)) with { MemoryMiB = 64 };
        yield return Of("memory that grows with time", Gate.Shadow, model, net => CostDefects.GrowWithFrames(net, output, valuesEach: 100_000, mostValues: 40e6f));
    }

    private static IEnumerable<PlantedModel> BadDetectors()
    {
        var model = BaseModels.Detector();
        yield return Of("labels of person and car swapped", Gate.Golden, model, net => AnswerDefects.SwapClasses(
            net, Person, Car, [.. Enumerable.Range(0, 3).SelectMany(i => new[] { $"head.cls_preds.{i}.weight", $"head.cls_preds.{i}.bias" })]));
        yield return Of("half as slow again", Gate.Latency, model, net => CostDefects.AddConvolutions(net, "687", channels: 16, count: 4));
        yield return Of("boxes 1.3 times as large", Gate.Golden, model, net => Array.ForEach(_boxBiases, bias => AnswerDefects.ShiftBias(net, bias, MathF.Log(1.3f), 2, 3)));
        yield return Of("no boxes at all", Gate.Golden, model, net => AnswerDefects.Constant(net, model.OutputName, [1, 1, 1], [0f]));
    }

    private static IEnumerable<PlantedModel> GoodClassifiers()
    {
        var model = BaseModels.Classifier();
        var folded = model.Edit(BatchNormFolding.Apply);
        var retrained = HeadTraining.Train(model, model.Live, epochs: 2, rate: 0.001f);
        yield return new PlantedModel("retrained", Gate.None, model, retrained, retrained);
        yield return Of("normalisation folded", Gate.None, model, BatchNormFolding.Apply);
        yield return Of("weights in 16 bits", Gate.None, model, HalfWeights.Apply);
        yield return Of("weights jittered", Gate.None, model, net => AnswerDefects.AddNoise(net, 0.001, seed: 3));
        yield return new PlantedModel("in 8 bits", Gate.None, model, Quantized(model, folded, model.Live.Take(CalibrationPictures)), model.Network);
        yield return new PlantedModel("in 8 bits, calibrated anew", Gate.None, model, Quantized(model, folded, model.Live.Skip(CalibrationPictures).Take(CalibrationPictures)), model.Network);
    }

    private static IEnumerable<PlantedModel> GoodDetectors()
    {
        var model = BaseModels.Detector();
        var quantized = Quantized(model, model.Network, model.Live.Take(CalibrationPictures));
        yield return Of("detector, weights in 16 bits", Gate.None, model, HalfWeights.Apply);
        yield return new PlantedModel("detector in 8 bits", Gate.None, model, quantized, quantized);
    }

    private static void SwapClasses(OnnxModel net, int first, int second) => AnswerDefects.SwapClasses(net, first, second, "dense.weight", "dense.bias");

    private static byte[] Quantized(BaseModel model, byte[] network, IEnumerable<NamedPicture> calibration) => QdqQuantizer.Quantize(network, calibration.Select(model.Tensor));

    private static PlantedModel Of(string name, Gate expected, BaseModel model, Action<OnnxModel> edit) => new(name, expected, model, model.Edit(edit), model.Network);
}
