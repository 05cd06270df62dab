using System.Runtime.InteropServices;
using EdgeVision.Trainer.Layers;
using TorchSharp;

namespace EdgeVision.Trainer.Training;

/// <summary>A batch's pixels in libtorch's own memory, which is used again for the next one.</summary>
/// <remarks>Because copies out of managed arrays, a hundred kilobytes a step, would lie about until the whole heap is collected. One thread.</remarks>
internal sealed class InputBuffer(int capacity, LayerShape shape) : IDisposable
{
    private readonly torch.Tensor _values = torch.zeros(shape.WithBatch(capacity)).DetachFromDisposeScope();

    /// <returns>[count, channels, height, width], valid until the next call; belongs to the scope of whoever asks.</returns>
    public torch.Tensor Fill(Batch batch)
    {
        batch.Pixels.CopyTo(MemoryMarshal.Cast<byte, float>(_values.bytes));
        return _values.narrow(0, 0, batch.Count);
    }

    public void Dispose() => _values.Dispose();
}
