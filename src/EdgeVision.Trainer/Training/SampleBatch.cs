using System.Runtime.InteropServices;
using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>Samples of one step, in libtorch's own memory, which is used again for a later one.</summary>
/// <remarks>Filled by one thread and read by another, one after the other.</remarks>
internal sealed class SampleBatch : IDisposable
{
    private readonly LayerShape _shape;
    private readonly torch.Tensor _values, _labels;

    public SampleBatch(int size, LayerShape shape)
    {
        // Because copies out of managed arrays, a hundred kilobytes a step, would lie about until the whole heap is collected.
        (_shape, _values, _labels) = (shape, torch.zeros(shape.WithBatch(size)).DetachFromDisposeScope(), torch.zeros(size, dtype: torch.int64).DetachFromDisposeScope());
    }

    public int Count { get; private set; }

    /// <summary>Which samples of the set.</summary>
    public IReadOnlyList<int> Indexes { get; private set; } = [];

    /// <summary>[count, channels, height, width], valid until the batch is filled again; belongs to the scope of whoever asks.</summary>
    public torch.Tensor Values => _values.narrow(0, 0, Count);

    public torch.Tensor Labels => _labels.narrow(0, 0, Count);

    public void Fill(ArraySegment<int> indexes, int epoch, SampleReader read)
    {
        (Indexes, Count) = (indexes, indexes.Count);
        var values = MemoryMarshal.Cast<byte, float>(_values.bytes);
        var labels = MemoryMarshal.Cast<byte, long>(_labels.bytes);
        for (var i = 0; i < Count; i++)
        {
            labels[i] = read(indexes[i], epoch, values.Slice(i * _shape.Count, _shape.Count));
        }
    }

    public void Dispose()
    {
        _values.Dispose();
        _labels.Dispose();
    }
}
