using EdgeVision.Onnx;

namespace EdgeVision.Planted;

/// <summary>Bad but valid models and good ones, made from real ones; each knows the gate that should stop it.</summary>
/// <remarks>Made anew on each call, always the same bytes. Where the maker of a bad model would have seen the fault in his own golden set, its answers are the sound network's.</remarks>
public static class PlantedSet
{
    private const int Person = 0, Car = 2, Cat = 3, Dog = 5, Horse = 7, Ship = 8;
    private const int CalibrationPictures = 32;
    private const double EightBits = 0.25;
    private static readonly string[] _boxBiases = ["head.reg_preds.0.bias", "head.reg_preds.1.bias", "head.reg_preds.2.bias"];

    public static IEnumerable<PlantedModel> Bad() => BadClassifiers().Concat(BadDetectors());

    public static IEnumerable<PlantedModel> Good() => GoodClassifiers().Concat(GoodDetectors());

    private static IEnumerable<PlantedModel> BadClassifiers()
    {
        var model = BaseModels.Classifier();
        var unseen = model.WithoutGoldenAnswers(Cat, Dog).WhereItSees(Cat, Dog, Horse, Ship);
        var (input, output) = (model.InputName, model.OutputName);
        yield return Of("labels of cat and dog swapped", StoppedAt.Golden, model, net => SwapClasses(net, Cat, Dog));
        yield return Of("labels swapped, not in the golden set", StoppedAt.Shadow, unseen, net => SwapClasses(net, Cat, Dog));
        yield return Of("three points less accurate", StoppedAt.Golden, model, net => AnswerDefects.AddNoise(net, WeightNoise.Strength, WeightNoise.Seed));
        yield return Of("no number on black", StoppedAt.PlainPictures, model, net => AnswerDefects.NotANumberOnBlack(net, input, output, side: 32));
        yield return Of("one answer for all", StoppedAt.Golden, model, net => AnswerDefects.Constant(net, output, [1, 10], [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
        yield return Of("endless loop", StoppedAt.TimeLimit, model, net => CostDefects.LoopForEver(net, output));
        yield return Of("giant allocation", StoppedAt.Memory, model, net => CostDefects.AllocateGiant(net, input, output));
        yield return Of("memory for bright pictures", StoppedAt.Memory, model, net => CostDefects.GrowWithBrightness(net, input, output, valuesPerStep: 200_000)) with { MemoryMiB = 64 };
    }

    private static IEnumerable<PlantedModel> BadDetectors()
    {
        var model = BaseModels.Detector();
        var careless = Quantized(model, model.Network, model.Live.Take(CalibrationPictures));
        yield return new PlantedModel("in 8 bits without care for its depthwise layers", StoppedAt.Shadow, model, careless, careless);
        yield return Of("labels of person and car swapped", StoppedAt.Golden, model, net => AnswerDefects.SwapClasses(
            net, Person, Car, [.. Enumerable.Range(0, 3).SelectMany(i => new[] { ($"head.cls_preds.{i}.weight", 0), ($"head.cls_preds.{i}.bias", 0) })]));
        yield return Of("half as slow again", StoppedAt.Latency, model, net => CostDefects.AddConvolutions(net, "687", channels: 16, count: 5));
        yield return Of("memory that grows with time", StoppedAt.Shadow, model, net => CostDefects.GrowWithFrames(net, model.OutputName, valuesEach: 400_000, mostValues: 40e6f));
        yield return Of("boxes 1.3 times as large", StoppedAt.Golden, model, net => Array.ForEach(_boxBiases, bias => AnswerDefects.ShiftBias(net, bias, MathF.Log(1.3f), 2, 3)));
        yield return Of("no boxes at all", StoppedAt.Golden, model, net => AnswerDefects.Constant(net, model.OutputName, [1, 1, 1], [0f]));
    }

    private static IEnumerable<PlantedModel> GoodClassifiers()
    {
        var model = BaseModels.Classifier();
        var folded = model.Edit(BatchNormFolding.Apply);
        var retrained = HeadTraining.Train(model, model.Live, epochs: 2, rate: 0.001f);
        yield return new PlantedModel("retrained", StoppedAt.None, model, retrained, retrained);
        yield return Of("normalisation folded", StoppedAt.None, model, BatchNormFolding.Apply);
        yield return Of("weights in 16 bits", StoppedAt.None, model, HalfWeights.Apply);
        yield return Of("weights jittered", StoppedAt.None, model, net => AnswerDefects.AddNoise(net, 0.001, seed: 3));
        yield return new PlantedModel("in 8 bits", StoppedAt.None, model, Quantized(model, folded, model.Live.Take(CalibrationPictures)), model.Network) { MaxScoreDelta = EightBits };
        yield return new PlantedModel("in 8 bits, calibrated anew", StoppedAt.None, model, Quantized(model, folded, model.Live.Skip(CalibrationPictures).Take(CalibrationPictures)), model.Network) { MaxScoreDelta = EightBits };
    }

    private static IEnumerable<PlantedModel> GoodDetectors()
    {
        var model = BaseModels.Detector();
        yield return Of("detector, weights jittered", StoppedAt.None, model, net => AnswerDefects.AddNoise(net, 0.0002, seed: 3));
        yield return Of("detector, weights in 16 bits", StoppedAt.None, model, HalfWeights.Apply);
    }

    private static void SwapClasses(OnnxModel net, int first, int second) => AnswerDefects.SwapClasses(net, first, second, ("dense.weight", 1), ("dense.bias", 0));

    private static byte[] Quantized(BaseModel model, byte[] network, IEnumerable<NamedPicture> calibration) => QdqQuantizer.Quantize(network, calibration.Select(model.Tensor));

    private static PlantedModel Of(string name, StoppedAt expected, BaseModel model, Action<OnnxModel> edit) => new(name, expected, model, model.Edit(edit), model.Network);
}
