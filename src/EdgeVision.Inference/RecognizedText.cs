namespace EdgeVision.Inference;

/// <summary>What a model read in one picture.</summary>
/// <remarks>Example: steps 沪 (0.9), 沪 (0.8), blank, C (0.7) are the text "沪C", confidence 0.8. Reused from frame to frame, one thread at a time; grows to the longest text and stays there.</remarks>
public sealed class RecognizedText
{
    private char[] _letters = new char[64];
    private int _length;
    private float _sum;

    /// <summary>Empty where nothing was read. Valid until the next frame.</summary>
    public ReadOnlySpan<char> Letters => _letters.AsSpan(0, _length);

    /// <summary>Mean probability of the characters that were kept; 0 without any.</summary>
    public float Confidence => Count == 0 ? 0 : _sum / Count;

    /// <summary>Characters that were kept.</summary>
    public int Count { get; private set; }

    public void Clear() => (_length, Count, _sum) = (0, 0, 0);

    /// <summary>One more character, which may be several UTF-16 letters.</summary>
    public void Add(string character, float confidence)
    {
        if (_length + character.Length > _letters.Length)
        {
            Array.Resize(ref _letters, Math.Max(_letters.Length * 2, _length + character.Length));
        }

        character.CopyTo(_letters.AsSpan(_length));
        _length += character.Length;
        _sum += confidence;
        Count++;
    }
}
