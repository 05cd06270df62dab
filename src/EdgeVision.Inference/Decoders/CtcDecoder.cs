using System.Numerics.Tensors;

namespace EdgeVision.Inference;

/// <summary>A recogniser's steps as text: the best class of each step, repeats taken as one, blanks left out (greedy decoding of Graves 2006, connectionist temporal classification).</summary>
/// <remarks>
/// In: [1, classes, steps] or [1, steps, classes], told apart by the number of labels; where both fit it is the latter. An empty label is a space, because labels are trimmed. Example with blank "-":
/// the steps A A - A B are "AAB". 0 bytes allocated per frame.
/// </remarks>
internal sealed class CtcDecoder
{
    private readonly string[] _characters;
    private readonly int _blank;
    private readonly bool _isLogits;
    private readonly bool _isByStep;
    private readonly PlaneMaximum _best;
    private readonly int _steps;
    private readonly float[] _step;

    public CtcDecoder(long[] shape, IReadOnlyList<string> labels, int blank, bool isLogits)
    {
        OutputShape.Require(shape.Length == 3 && shape[0] == 1, "ctc", "[1, steps, classes] or [1, classes, steps]", shape);
        _isByStep = shape[2] == labels.Count;
        OutputShape.Require(_isByStep || shape[1] == labels.Count, "ctc", $"[1, steps, {labels.Count}] or [1, {labels.Count}, steps], with one class for each label,", shape);
        if (blank >= labels.Count)
        {
            throw new InferenceException($"decode.blank is {blank}, but there are {labels.Count} labels: give the line of the label that means \"no character\", counted from 0.");
        }

        _characters = [.. labels.Select(label => label.Length == 0 ? " " : label)];
        (_blank, _isLogits) = (blank, isLogits);
        _steps = (int)shape[_isByStep ? 1 : 2];
        _best = new PlaneMaximum(_steps);
        _step = new float[labels.Count];
    }

    public void Decode(BoundTensor output, RecognizedText text)
    {
        var values = output.ReadFloats();
        if (!_isByStep)
        {
            FindBest(values);
        }

        var last = _blank;
        for (var step = 0; step < _steps; step++)
        {
            var best = _isByStep ? TensorPrimitives.IndexOfMax(Step(values, step)) : _best.Planes[step];
            if (best != _blank && best != last && best >= 0)
            {
                text.Add(_characters[best], Probability(values, step, best));
            }

            last = best;
        }
    }

    private void FindBest(ReadOnlySpan<float> values)
    {
        _best.Reset(float.NegativeInfinity);
        for (var plane = 0; plane < _characters.Length; plane++)
        {
            _best.Keep(values.Slice(plane * _steps, _steps), plane);
        }
    }

    private ReadOnlySpan<float> Step(ReadOnlySpan<float> values, int step) => values.Slice(step * _characters.Length, _characters.Length);

    private float Probability(ReadOnlySpan<float> values, int step, int best)
    {
        var value = _isByStep ? Step(values, step)[best] : values[best * _steps + step];
        if (!_isLogits)
        {
            return value;
        }

        for (var i = 0; i < _step.Length; i++)
        {
            _step[i] = (_isByStep ? values[step * _step.Length + i] : values[i * _steps + step]) - value;
        }

        // The softmax of the largest: shifted by it, its own exp is 1.
        TensorPrimitives.Exp(_step, _step);
        return 1 / TensorPrimitives.Sum<float>(_step);
    }
}
