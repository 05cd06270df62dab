using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;

namespace EdgeVision.Onnx.Tests;

/// <summary>Judged by ONNX Runtime: every value of every network is made an output, and what was inferred is what came.</summary>
public sealed class ShapeInferenceTests(ITestOutputHelper log)
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

    [Fact]
    public void Infer_PickedOperatorTests_AreWhatTheRuntimeGives() => Judge(ConformanceCase.Picked());

    [Fact]
    public void Infer_AllOperatorTests_AreWhatTheRuntimeGives() => Judge(ConformanceCase.All());

    private void Judge(IReadOnlyList<ConformanceCase> cases)
    {
        var unknown = new ConcurrentBag<string>();
        var (wrong, refused, right) = (new List<string>(), new List<string>(), 0);
        foreach (var example in cases)
        {
            if (example.Inputs() is not { } inputs)
            {
                continue;
            }

            Dictionary<string, ValueShape> real;
            try
            {
                real = ExposedNetwork.Run(example.Model, session => ConformanceCase.Bind(session, inputs));
            }
            catch (OnnxRuntimeException exception)
            {
                refused.Add(example.Name + " " + exception.Message[..Math.Min(150, exception.Message.Length)]);
                continue;
            }

            try
            {
                var model = OnnxModel.Load(example.Model, example.Name);
                var inferred = ShapeInference.Infer(model, model.Graph.Inputs.ToDictionary(input => input.Name, input => real[input.Name].Lengths));
                foreach (var (name, shape) in real)
                {
                    if (inferred.Of(name) is not { } ours) unknown.Add($"{example.Name} {model.Graph.ProducerOf(name)?.OpType}");
                    else if (ours.Type != shape.Type || ours.Rank != shape.Rank || ours.Lengths.Zip(shape.Lengths).Any(pair => pair.First >= 0 && pair.First != pair.Second)) wrong.Add($"{example.Name} {model.Graph.ProducerOf(name)?.OpType} {ours} {shape}");
                    else if (!ours.IsFixed) unknown.Add($"open: {example.Name} {model.Graph.ProducerOf(name)?.OpType} {ours} {shape}");
                    else right++;
                }
            }
            catch (Exception e)
            {
                wrong.Add(example.Name + " " + e.Message);
            }
        }

        log.WriteLine($"right {right}, wrong {wrong.Count}, unknown {unknown.Count}, refused {refused.Count}");
        foreach (var line in wrong.Concat(unknown).Concat(refused)) log.WriteLine(line);
        Assert.Empty(wrong);
    }
}
