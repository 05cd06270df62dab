namespace EdgeVision.Onnx.Tests;

/// <summary>Judged by ONNX Runtime: every value of every network is made an output, and what was inferred is what came.</summary>
public sealed class ShapeInferenceTests
{
    public static TheoryData<string, int[]> Models => RoundTripTests.Models;

    [Theory]
    [MemberData(nameof(Models))]
    public void Infer_EveryValueOfARealModel_IsWhatTheRuntimeGives(string path, int[] openLengths)
    {
        var onnx = File.ReadAllBytes(TestData.Require(path));
        var real = ExposedNetwork.Run(onnx, session => Network.Draw(session, openLengths));

        var model = OnnxModel.Load(onnx, path);
        var inferred = ShapeInference.Infer(model, model.Graph.Inputs.ToDictionary(input => input.Name, input => real[input.Name].Lengths));

        Assert.All(real, pair => Assert.Equal(pair.Value, inferred.Of(pair.Key)));
    }
}
