using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeVision.Inference.Tests;

/// <summary>Text out of hand-made steps; the best class of each step stands in the comments.</summary>
public sealed class TextDecoderTests : IDisposable
{
    private static readonly string[] _labels = ["-", "A", "沪", ""];

    private readonly List<BoundTensor> _tensors = [];
    private readonly RecognizedText _text = new();

    public TextDecoderTests() => NativeRuntime.Use(null);

    public void Dispose() => _tensors.ForEach(tensor => tensor.Dispose());

    [Theory]
    [InlineData(new[] { 1, 1, 0, 1, 2, 2 }, 0, "AA沪")] // a repeat is one, a blank parts two
    [InlineData(new[] { 0, 0, 0, 0, 0, 0 }, 0, "")]
    [InlineData(new[] { 1, 3, 1, 3, 3, 0 }, 0, "A A ")] // an empty label is a space
    [InlineData(new[] { 0, 3, 0, 1, 3, 2 }, 3, "--A沪")]
    public void CtcDecoder_Steps_AreReadInBothLayouts(int[] best, int blank, string text)
    {
        foreach (var isByStep in new[] { true, false })
        {
            var output = Steps(best, isByStep);

            new CtcDecoder(output.Shape, _labels, blank, isLogits: false).Decode(output, _text);

            Assert.Equal(text, _text.Letters.ToString());
            Assert.Equal(text.Length == 0 ? 0 : 0.7f, _text.Confidence, 1e-5f);
            _text.Clear();
        }
    }

    [Fact]
    public void CtcDecoder_Logits_AreMadeProbabilities()
    {
        // ln 3, 0, 0, 0 at both steps' A: 3 / 6 = 0.5
        var output = Tensor([1, 2, 4]);
        (output.Floats[1], output.Floats[4 + 1]) = (MathF.Log(3), MathF.Log(3));

        new CtcDecoder(output.Shape, _labels, 0, isLogits: true).Decode(output, _text);

        Assert.Equal(("A", 0.5f), (_text.Letters.ToString(), MathF.Round(_text.Confidence, 5)));
    }

    [Fact]
    public void CtcDecoder_Steady_AllocatesNothing()
    {
        var output = Steps([1, 2, 0, 3, 1, 2], isByStep: false);
        var decoder = new CtcDecoder(output.Shape, _labels, 0, isLogits: true);

        Assert.Equal(0, Allocated.Bytes(20, () =>
        {
            _text.Clear();
            decoder.Decode(output, _text);
        }));
    }

    [Fact]
    public void CtcDecoder_OtherNumberOfLabels_IsRefused() =>
        Assert.Contains("[1, steps, 4]", Assert.Throws<InferenceException>(() => new CtcDecoder([1, 40, 6625], _labels, 0, false)).Message, StringComparison.Ordinal);

    [Fact]
    public void CtcDecoder_BlankBeyondTheLabels_IsRefused() =>
        Assert.Contains("decode.blank is 4", Assert.Throws<InferenceException>(() => new CtcDecoder([1, 40, 4], _labels, 4, false)).Message, StringComparison.Ordinal);

    /// <summary>The best class of each step has 0.7, the others 0.1.</summary>
    private BoundTensor Steps(int[] best, bool isByStep)
    {
        var output = Tensor(isByStep ? [1, best.Length, _labels.Length] : [1, _labels.Length, best.Length]);
        output.Floats.Fill(0.1f);
        for (var step = 0; step < best.Length; step++)
        {
            output.Floats[isByStep ? step * _labels.Length + best[step] : best[step] * best.Length + step] = 0.7f;
        }

        return output;
    }

    private BoundTensor Tensor(long[] shape)
    {
        var tensor = new BoundTensor("test", TensorElementType.Float, shape);
        _tensors.Add(tensor);
        return tensor;
    }
}
