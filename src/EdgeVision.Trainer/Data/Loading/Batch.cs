using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>Pictures as a network takes them, with what is true of them.</summary>
/// <remarks>
/// <see cref="Pixels"/>: count x channels x height x width, prepared as on the device. Lent by its loader: whoever takes it disposes it, and a span taken before must not be used after. One thread at a time.
/// </remarks>
internal sealed class Batch : IDisposable
{
    /// <summary>In masks: no class, because there is no picture.</summary>
    public const byte NoMask = 255;

    private readonly Action<Batch>? _return;
    private readonly float[] _pixels;
    private readonly byte[] _masks;
    private readonly float[] _shares;
    private int _isLent;

    /// <param name="capacity">Pictures at most.</param>
    /// <param name="back">What is called when it is disposed; null = nothing.</param>
    public Batch(TensorSpec spec, int capacity, int classes, bool hasMasks = false, Action<Batch>? back = null)
    {
        Spec = spec;
        ClassCount = classes;
        HasMasks = hasMasks;
        _return = back;
        _pixels = new float[capacity * spec.Length];
        _shares = new float[capacity * classes];
        _masks = new byte[hasMasks ? capacity * spec.Width * spec.Height : 0];
        Labels = new int[capacity];
        Items = new int[capacity];
        Boxes = [.. Enumerable.Range(0, capacity).Select(_ => new List<VersionBox>())];
    }

    public TensorSpec Spec { get; }

    public int ClassCount { get; }

    public int Count { get; private set; }

    public bool HasMasks { get; }

    /// <summary>Whether labels are mixed: then <see cref="SoftLabels"/> are meant and not <see cref="Labels"/>.</summary>
    public bool IsMixed { get; private set; }

    /// <summary>The class of each picture before any mixing; -1 = it has boxes, or is not known.</summary>
    public int[] Labels { get; }

    /// <summary>Where each picture stands in the loader's list.</summary>
    public int[] Items { get; }

    /// <summary>For each picture its boxes in pixels of the input (xyxy).</summary>
    public IReadOnlyList<List<VersionBox>> Boxes { get; }

    public Span<float> Pixels => _pixels.AsSpan(0, Count * Spec.Length);

    /// <summary>Count x classes, each row of sum 1 (or 0 where the class is not known).</summary>
    public Span<float> SoftLabels => _shares.AsSpan(0, Count * ClassCount);

    /// <summary>Count x height x width: a class for each pixel of the input, <see cref="NoMask"/> beside the picture. Empty where the set has none.</summary>
    public Span<byte> Masks => HasMasks ? _masks.AsSpan(0, Count * Spec.Width * Spec.Height) : [];

    /// <summary>The whole array, of which the first Count x channels x height x width values are filled: for tensors that take arrays.</summary>
    public float[] PixelArray => _pixels;

    /// <summary>Begins anew.</summary>
    public void Reset(int count) => (Count, IsMixed, _isLent) = (count, false, 1);

    public void SetLabel(int index, int label)
    {
        Labels[index] = label;
        var row = SoftLabels.Slice(index * ClassCount, ClassCount);
        row.Clear();
        if (label >= 0)
        {
            row[label] = 1;
        }
    }

    /// <summary>Each row becomes <paramref name="share"/> of itself and the rest of its partner's.</summary>
    public void MixLabels(ReadOnlySpan<int> partners, float share)
    {
        IsMixed = true;
        SoftLabels.Clear();
        for (var i = 0; i < Count; i++)
        {
            Add(i, Labels[i], share);
            Add(i, Labels[partners[i]], 1 - share);
        }
    }

    /// <summary>Gives it back. A second call does nothing, because somebody else may have it by then.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isLent, 0) == 1)
        {
            _return?.Invoke(this);
        }
    }

    private void Add(int index, int label, float share)
    {
        if (label >= 0)
        {
            SoftLabels[index * ClassCount + label] += share;
        }
    }
}
