using System.Threading.Channels;
using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Training;

/// <summary>Samples as batches, made ready by another thread while the network computes.</summary>
/// <remarks>Order and content depend on seed and epoch alone. Holds four batches, which go round: one is valid until the next is asked for. One epoch at a time.</remarks>
internal sealed class SampleLoader(int sampleCount, int batchSize, LayerShape shape, SampleReader read) : IDisposable
{
    private const int Ahead = 4;
    private readonly SampleBatch[] _batches = [.. Enumerable.Range(0, Ahead).Select(_ => new SampleBatch(batchSize, shape))];

    /// <summary>Steps of an epoch. A last batch of one sample is left out, because a normalisation makes nothing of it.</summary>
    public int Steps => Math.Max(1, sampleCount / batchSize + (sampleCount % batchSize > 1 ? 1 : 0));

    /// <summary>One epoch in shuffled order.</summary>
    /// <param name="firstStep">Batches that were seen already.</param>
    public IEnumerable<SampleBatch> Shuffled(long seed, int epoch, int firstStep) => Load(NamedRandom.Order(sampleCount, seed, $"epoch {epoch}"), epoch, firstStep);

    /// <summary>All samples in their own order.</summary>
    public IEnumerable<SampleBatch> InOrder() => Load([.. Enumerable.Range(0, sampleCount)], epoch: -1, firstStep: 0);

    public void Dispose() => Array.ForEach(_batches, batch => batch.Dispose());

    private IEnumerable<SampleBatch> Load(int[] order, int epoch, int firstStep)
    {
        using var over = new CancellationTokenSource();
        var (free, full) = (Channel.CreateBounded<SampleBatch>(Ahead), Channel.CreateBounded<SampleBatch>(Ahead));
        Array.ForEach(_batches, batch => free.Writer.TryWrite(batch));
        var steps = epoch < 0 ? (sampleCount + batchSize - 1) / batchSize : Steps;
        var producer = Task.Run(() => Produce(order, epoch, firstStep, steps, free.Reader, full.Writer, over.Token), CancellationToken.None);
        try
        {
            for (var step = firstStep; step < steps; step++)
            {
                // Waiting, unlike reading, throws what the producer met as it is.
                full.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();
                full.Reader.TryRead(out var batch);
                yield return batch!;
                free.Writer.TryWrite(batch!);
            }
        }
        finally
        {
            over.Cancel();
            producer.GetAwaiter().GetResult();
        }
    }

    private async Task Produce(int[] order, int epoch, int firstStep, int steps, ChannelReader<SampleBatch> free, ChannelWriter<SampleBatch> full, CancellationToken over)
    {
        try
        {
            for (var step = firstStep; step < steps; step++)
            {
                var batch = await free.ReadAsync(over);
                var start = step * batchSize;
                batch.Fill(new ArraySegment<int>(order, start, Math.Min(batchSize, order.Length - start)), epoch, read);
                full.TryWrite(batch);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody wants the rest of the epoch.
        }
        catch (Exception exception)
        {
            full.Complete(exception); // so that whoever waits for a batch hears why there is none
        }
    }
}
