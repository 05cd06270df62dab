using System.Numerics.Tensors;
using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>A classifier network: the k surest classes with their probabilities, surest first; and where, if a second output tells the class of every place.</summary>
/// <remarks>Example: logits (1, 3, 2) are probabilities (0.090, 0.665, 0.245); top 2 is class 1, then class 2. Equal probabilities: lower class id first.</remarks>
internal sealed class ImageClassifier(
    ModelPackage package, OrtRunner runner, FrameEncoder encoder, IReadOnlyList<string> labels, bool isLogits, SegmentationDecoder? map, Func<float?> minConfidence) : RawModel(package, runner, encoder, labels)
{
    private readonly BoundTensor _output = runner.Outputs[0];
    private readonly BoundTensor _places = runner.Outputs[^1];
    private readonly float[] _probabilities = new float[runner.Outputs[0].Length];
    private readonly int _topK = Math.Min(package.Manifest.Decode.TopK, runner.Outputs[0].Length);

    public override AnswerKind Answers => AnswerKind.Classes;

    protected override void Answer(Letterbox letterbox, Frame frame, VisionResult result)
    {
        Probabilities(_output.ReadFloats());
        TopK(_probabilities, _topK, minConfidence() ?? 0, result.Classes);
        map?.Decode(_places, letterbox, result.ClassMap);
    }

    /// <summary>Takes the surest out, one after another, because k is small; the probabilities are used up.</summary>
    internal static void TopK(Span<float> probabilities, int k, float minConfidence, List<ClassScore> classes)
    {
        for (var i = 0; i < k; i++)
        {
            var best = TensorPrimitives.IndexOfMax<float>(probabilities);
            if (probabilities[best] < minConfidence)
            {
                return;
            }

            classes.Add(new ClassScore(best, probabilities[best]));
            probabilities[best] = -1;
        }
    }

    private void Probabilities(ReadOnlySpan<float> output)
    {
        if (isLogits)
        {
            // Shifted by the largest, because exp of a raw logit overflows above 88.
            TensorPrimitives.Subtract(output, TensorPrimitives.Max(output), _probabilities);
            TensorPrimitives.SoftMax(_probabilities, _probabilities);
        }
        else
        {
            output.CopyTo(_probabilities);
        }
    }
}
