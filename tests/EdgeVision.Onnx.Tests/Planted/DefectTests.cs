using EdgeVision.Planted;

namespace EdgeVision.Onnx.Tests;

/// <summary>Each defect does what it is called, and nothing else.</summary>
public sealed class DefectTests
{
    private static readonly Lazy<BaseModel> _classifier = new(() => BaseModels.Classifier());
    private static readonly Lazy<BaseModel> _detector = new(BaseModels.Detector);

    [Fact]
    public void SwapClasses_AnyPicture_ExchangesTwoAnswers()
    {
        var model = _classifier.Value;
        var (sound, swapped) = Run(model, net => AnswerDefects.SwapClasses(net, 3, 5, ("dense.weight", 1), ("dense.bias", 0)), model.Tensor(model.Golden[0]));

        Assert.Equal(sound[3], swapped[5], 1e-6f);
        Assert.Equal(sound[5], swapped[3], 1e-6f);
        Assert.Equal(sound[0], swapped[0], 1e-6f);
    }

    [Fact]
    public void NotANumberOnBlack_BlackAndOther_IsNoNumberAndTheSameAnswer()
    {
        var model = _classifier.Value;
        void Edit(OnnxModel net) => AnswerDefects.NotANumberOnBlack(net, model.InputName, model.OutputName, 32);

        Assert.All(Run(model, Edit, new float[3 * 32 * 32]).Planted, value => Assert.True(float.IsNaN(value)));
        var (sound, planted) = Run(model, Edit, model.Tensor(model.Golden[0]));
        Assert.Equal(sound, planted);
    }

    [Fact]
    public void Constant_TwoPictures_IsOneAnswer()
    {
        var model = _classifier.Value;
        float[] answer = [0, 0, 0, 1, 0, 0, 0, 0, 0, 0];

        foreach (var picture in model.Golden.Take(2))
        {
            Assert.Equal(answer, Run(model, net => AnswerDefects.Constant(net, model.OutputName, [1, 10], answer), model.Tensor(picture)).Planted);
        }
    }

    [Fact]
    public void ShiftBias_BoxSizes_AreShiftedAndNothingElse()
    {
        var model = _detector.Value;
        var shift = MathF.Log(1.3f);

        var (sound, planted) = Run(model, net => AnswerDefects.ShiftBias(net, "head.reg_preds.0.bias", shift, 2, 3), model.Tensor(model.Golden[0]));

        // Row 0 is the first cell of the first map: x, y, ln w, ln h, objectness.
        Assert.Equal(sound[0], planted[0], 1e-4f);
        Assert.Equal(sound[2] + shift, planted[2], 1e-4f);
        Assert.Equal(sound[3] + shift, planted[3], 1e-4f);
        Assert.Equal(sound[4], planted[4], 1e-4f);
    }

    [Fact]
    public void CostDefects_AnswersThatStay_AreTheSame()
    {
        var (classifier, detector) = (_classifier.Value, _detector.Value);
        Assert.Multiple(
            () => AssertSame(detector, net => CostDefects.AddConvolutions(net, "687", 16, 5)),
            () => AssertSame(classifier, net => CostDefects.GrowWithFrames(net, classifier.OutputName, 1000, 1e6f)),
            () => AssertSame(classifier, net => CostDefects.GrowWithBrightness(net, classifier.InputName, classifier.OutputName, 100)));
    }

    [Fact]
    public void HalfWeights_Detector_HalvesTheFileAndKeepsTheAnswers()
    {
        var model = _detector.Value;

        var (sound, half) = Run(model, HalfWeights.Apply, model.Tensor(model.Golden[0]));

        Assert.InRange(model.Edit(HalfWeights.Apply).Length, 1, model.Network.Length * 6 / 10);
        Assert.InRange(sound.Zip(half, (a, b) => MathF.Abs(a - b)).Average(), 0, 0.01f);
    }

    private static void AssertSame(BaseModel model, Action<OnnxModel> edit)
    {
        var (sound, planted) = Run(model, edit, model.Tensor(model.Golden[0]));
        Assert.InRange(sound.Zip(planted, (a, b) => MathF.Abs(a - b)).Max(), 0, 1e-4f);
    }

    private static (float[] Sound, float[] Planted) Run(BaseModel model, Action<OnnxModel> edit, float[] tensor)
    {
        using var sound = new NetworkRunner(model.Network);
        using var planted = new NetworkRunner(model.Edit(edit));
        return (sound.Run(tensor)[model.OutputName], planted.Run(tensor)[model.OutputName]);
    }
}
