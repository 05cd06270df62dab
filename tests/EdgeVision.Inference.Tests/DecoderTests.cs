using EdgeVision.Imaging;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeVision.Inference.Tests;

/// <summary>Each head on hand-made tensors with numbers worked out by hand.</summary>
public sealed class DecoderTests : IDisposable
{
    private readonly List<BoundTensor> _tensors = [];
    private readonly Detections _detections = new();

    public DecoderTests() => NativeRuntime.Use(null);

    public void Dispose() => _tensors.ForEach(tensor => tensor.Dispose());

    [Fact]
    public void YoloxDecoder_OneCellOfTheSecondMap_IsPlacedByItsStride()
    {
        // A 32x32 input: maps 4x4 (stride 8), 2x2 (stride 16), 1x1 (stride 32), 21 cells. Row 16 + 3 is cell (1, 1) of stride 16.
        var output = Tensor([1, 21, 7]);
        new float[] { 0.5f, 0.25f, MathF.Log(2), 0, 0.9f, 0.2f, 0.8f }.CopyTo(output.Floats[(19 * 7)..]);

        new YoloxDecoder(output.Shape, [8, 16, 32], 32, 32).Decode([output], 0.5f, _detections);

        // centre ((0.5 + 1) * 16, (0.25 + 1) * 16) = (24, 20), size (32, 16), confidence 0.72
        AssertOne(8, 12, 40, 28, 0.72f, 1);
    }

    [Fact]
    public void YoloxDecoder_ObjectWithoutAClass_IsNotReported()
    {
        var output = Tensor([1, 21, 7]);
        new float[] { 0, 0, 0, 0, 0.9f, 0.5f, 0.1f }.CopyTo(output.Floats);

        new YoloxDecoder(output.Shape, [8, 16, 32], 32, 32).Decode([output], 0.5f, _detections);

        // 0.9 * 0.5 = 0.45
        Assert.Equal(0, _detections.Count);
    }

    [Fact]
    public void YoloxDecoder_RowsOfAnotherInputSize_AreRefused() =>
        Assert.Contains("[1, 21, 5 + classes]", Assert.Throws<InferenceException>(() => new YoloxDecoder([1, 3549, 85], [8, 16, 32], 32, 32)).Message, StringComparison.Ordinal);

    [Fact]
    public void YoloV5Decoder_Row_IsABoxInInputPixels()
    {
        var output = Tensor([1, 2, 7]);
        new float[] { 100, 50, 20, 10, 0.8f, 0.5f, 0.9f }.CopyTo(output.Floats[7..]);

        new YoloV5Decoder(output.Shape).Decode([output], 0.25f, _detections);

        AssertOne(90, 45, 110, 55, 0.72f, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(18)]
    public void YoloV8Decoder_Column_IsABoxInInputPixels(int column)
    {
        // 19 columns: two vectors of 8 and a rest, so every way through the code is taken.
        var output = Tensor([1, 6, 19]);
        float[] values = [100, 50, 20, 10, 0.1f, 0.7f];
        for (var plane = 0; plane < 6; plane++)
        {
            output.Floats[plane * 19 + column] = values[plane];
        }

        new YoloV8Decoder(output.Shape).Decode([output], 0.25f, _detections);

        AssertOne(90, 45, 110, 55, 0.7f, 1);
    }

    [Fact]
    public void SsdDecoder_RelativeBox_IsScaledToTheInput()
    {
        var scores = Tensor([1, 2, 2]);
        var boxes = Tensor([1, 2, 4]);
        new float[] { 0.99f, 0.01f, 0.1f, 0.9f }.CopyTo(scores.Floats);
        new float[] { 0, 0, 1, 1, 0.25f, 0.5f, 0.5f, 1 }.CopyTo(boxes.Floats);

        new SsdDecoder(scores.Shape, boxes.Shape, 1, 320, 240).Decode([scores, boxes], 0.7f, _detections);

        AssertOne(80, 120, 160, 240, 0.9f, 0);
    }

    [Fact]
    public void SsdPriorsDecoder_Offsets_MoveAndScaleThePrior()
    {
        // A 16x16 input, stride 8: 2x2 cells, lengths 4 and 8, 8 priors. Prior 3 is cell (1, 0), length 8: centre (12, 4).
        var scores = Tensor([1, 8, 2]);
        var boxes = Tensor([1, 8, 4]);
        scores.Floats[3 * 2 + 1] = 0.8f;
        new float[] { 2.5f, -1.25f, 5 * MathF.Log(2), 0 }.CopyTo(boxes.Floats[12..]);

        new SsdPriorsDecoder(scores.Shape, boxes.Shape, 1, [8], [[4, 8]], 16, 16).Decode([scores, boxes], 0.7f, _detections);

        // centre (12 + 2.5 * 0.1 * 8, 4 - 1.25 * 0.1 * 8) = (14, 3), size (8 * exp(0.2 * 5 ln 2), 8) = (16, 8)
        AssertOne(6, -1, 22, 7, 0.8f, 0);
    }

    [Fact]
    public void FastestDetDecoder_MiddleCell_IsInTheMiddle()
    {
        var output = Tensor([1, 7, 22, 22]);
        const int cell = 11 * 22 + 11;
        output.Floats[cell] = 0.5f;
        output.Floats[(5 + 1) * 484 + cell] = 0.5f;

        new FastestDetDecoder(output.Shape, 352, 352).Decode([output], 0.45f, _detections);

        // objectness^0.6 * class^0.4 = 0.5; centre 11 / 22 * 352 = 176, size sigmoid(0) * 352 = 176
        AssertOne(88, 88, 264, 264, 0.5f, 1);
    }

    [Fact]
    public void ImageClassifier_TopTwo_AreTheSurestInOrder()
    {
        var classes = new List<ClassScore>();

        ImageClassifier.TopK([0.1f, 0.6f, 0.3f], 2, 0, classes);

        Assert.Equal([new ClassScore(1, 0.6f), new ClassScore(2, 0.3f)], classes);
    }

    private BoundTensor Tensor(long[] shape)
    {
        var tensor = new BoundTensor("test", TensorElementType.Float, shape);
        _tensors.Add(tensor);
        return tensor;
    }

    private void AssertOne(float x1, float y1, float x2, float y2, float confidence, int classId)
    {
        Assert.Equal(1, _detections.Count);
        var box = _detections.Boxes[0];
        Assert.Equal([x1, y1, x2, y2, confidence], [box.X1, box.Y1, box.X2, box.Y2, _detections.Confidences[0]], (a, b) => MathF.Abs(a - b) < 1e-3f);
        Assert.Equal(classId, _detections.ClassIds[0]);
    }
}
