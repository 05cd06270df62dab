using System.Runtime.InteropServices;
using EdgeVision.Compression;
using TorchSharp;

namespace EdgeVision.Trainer.Quantization;

/// <summary>The range of one value, kept as a statistic of its layer [3]: least, greatest, batches seen.</summary>
/// <remarks>The mean over the first batches, then a moving average with a hundredth new each batch; after as many as were wanted it stands still, so that weights settle on steps that do not move any more.</remarks>
internal static class ObservedRange
{
    public const int Length = 3;
    private const float LeastShare = 0.01f;

    public static void Observe(torch.Tensor range, torch.Tensor values, int batches)
    {
        var state = Span(range);
        if (state[2] >= batches)
        {
            return;
        }

        var share = MathF.Max(1 / (state[2] + 1), LeastShare);
        state[0] += share * (values.min().item<float>() - state[0]);
        state[1] += share * (values.max().item<float>() - state[1]);
        state[2]++;
    }

    public static ActivationParameters Of(torch.Tensor range) => ActivationParameters.Of(Of(Span(range)), QuantizationForm.CpuU8S8);

    public static ValueRange Of(ReadOnlySpan<float> state) => new(state[0], state[1]);

    private static Span<float> Span(torch.Tensor range) => MemoryMarshal.Cast<byte, float>(range.bytes);
}
