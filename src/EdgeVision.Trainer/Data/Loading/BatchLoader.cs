using System.Collections.Concurrent;
using System.Threading.Channels;
using EdgeVision.Imaging;

namespace EdgeVision.Trainer;

/// <summary>The pictures of a set as batches, epoch by epoch, made ahead by some threads.</summary>
/// <remarks>
/// What a batch holds depends on seed, epoch and the picture alone, never on workers or speed. Batches come in order; at most <see cref="BatchOptions.Ahead"/> plus one a worker are in memory, and their memory
/// is used again. Example: <c>foreach (var batch in loader.Epoch(0)) { using (batch) { ... } }</c>. One thread enumerates, one epoch at a time; leaving early stops the workers.
/// </remarks>
internal sealed class BatchLoader
{
    private readonly ConcurrentBag<Batch> _spare = [];
    private readonly IReadOnlyList<VersionItem> _items;
    private readonly BatchOptions _options;
    private readonly PictureStore _store;
    private readonly BatchBuilder[] _builders;
    private readonly int _classes;
    private readonly TimeProvider _time = TimeProvider.System;
    private long _pictures;
    private long _workedTicks;
    private long _waitedTicks;

    /// <param name="items">Of the version, mostly of one split.</param>
    /// <param name="spec">What the network takes, as its package will say.</param>
    /// <exception cref="TrainerException">No items.</exception>
    public BatchLoader(OpenedVersion data, IReadOnlyList<VersionItem> items, TensorSpec spec, BatchOptions options)
    {
        if (items.Count < options.Ranks)
        {
            throw new TrainerException($"{data.Version.Name}: {items.Count} pictures are not enough for {options.Ranks} {(options.Ranks == 1 ? "process" : "processes")}. Is the split empty?");
        }

        (_items, _options, _classes) = (items, options, data.Version.Classes.Count);
        BatchesPerEpoch = EpochOrder.Of(items.Count, options with { Shuffle = false }, 0).Count;
        _store = new PictureStore(data, items, spec, options.CacheBytes);
        _builders = [.. Enumerable.Range(0, Math.Max(1, options.Workers)).Select(_ => new BatchBuilder(_store, items, options))];
    }

    /// <summary>The same in every epoch.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>Of a picture, as <see cref="Batch.Items"/> counts them.</summary>
    public string NameOf(int item) => _items[item].Name;

    public LoaderReport Report => new(Interlocked.Read(ref _pictures), Seconds(ref _workedTicks), Seconds(ref _waitedTicks), _store.Held);

    /// <summary>All batches of an epoch from <paramref name="first"/> on; whoever takes one disposes it.</summary>
    /// <param name="first">Where a resumed epoch goes on.</param>
    /// <exception cref="TrainerException">A picture is gone, changed, or cannot be read any more.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public IEnumerable<Batch> Epoch(int epoch, int first = 0, CancellationToken stop = default)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var ready = Channel.CreateBounded<Task<Batch>>(Math.Max(1, _options.Ahead));
        var orders = Channel.CreateUnbounded<BatchOrder>();
        var order = Task.Run(() => OrderAsync(epoch, first, ready.Writer, orders.Writer, left.Token), CancellationToken.None);
        var workers = Array.ConvertAll(_builders, builder => Task.Factory.StartNew(() => Work(builder, epoch, orders.Reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        try
        {
            while (Next(ready.Reader, stop) is { } batch)
            {
                yield return batch;
            }
        }
        finally
        {
            left.Cancel();
            order.GetAwaiter().GetResult();
            Task.WaitAll(workers, CancellationToken.None);
            TakeBack(ready.Reader);
        }
    }

    /// <summary>Orders batches no faster than they are taken, because <paramref name="ready"/> holds only so many.</summary>
    private async Task OrderAsync(int epoch, int first, ChannelWriter<Task<Batch>> ready, ChannelWriter<BatchOrder> orders, CancellationToken stop)
    {
        try
        {
            var plan = EpochOrder.Of(_items.Count, _options, epoch);
            for (var number = first; number < plan.Count; number++)
            {
                var order = new BatchOrder(number, plan[number], new TaskCompletionSource<Batch>(TaskCreationOptions.RunContinuationsAsynchronously));
                await ready.WriteAsync(order.Made.Task, stop);
                orders.TryWrite(order);
            }
        }
        catch (OperationCanceledException)
        {
            // nobody takes any more
        }
        finally
        {
            ready.Complete();
            orders.Complete();
        }
    }

    private void Work(BatchBuilder builder, int epoch, ChannelReader<BatchOrder> orders)
    {
        while (orders.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (orders.TryRead(out var order))
            {
                Make(builder, epoch, order);
            }
        }
    }

    private void Make(BatchBuilder builder, int epoch, BatchOrder order)
    {
        var started = _time.GetTimestamp();
        var batch = _spare.TryTake(out var spare) ? spare : new Batch(_store.Spec, _options.BatchSize, _classes, _store.HasMasks, _spare.Add);
        try
        {
            builder.Fill(batch, order.Indices, epoch, order.Number);
            Interlocked.Add(ref _workedTicks, _time.GetTimestamp() - started);
            Interlocked.Add(ref _pictures, batch.Count);
            order.Made.SetResult(batch);
        }
        catch (Exception exception)
        {
            // Whoever waits for the batch gets it; a worker that died of it would leave the others waiting.
            batch.Dispose();
            order.Made.SetException(exception);
        }
    }

    private Batch? Next(ChannelReader<Task<Batch>> ready, CancellationToken stop)
    {
        var started = _time.GetTimestamp();
        try
        {
            return ready.WaitToReadAsync(stop).AsTask().GetAwaiter().GetResult() && ready.TryRead(out var made) ? made.WaitAsync(stop).GetAwaiter().GetResult() : null;
        }
        finally
        {
            Interlocked.Add(ref _waitedTicks, _time.GetTimestamp() - started);
        }
    }

    private static void TakeBack(ChannelReader<Task<Batch>> ready)
    {
        while (ready.TryRead(out var made))
        {
            if (made.IsCompletedSuccessfully)
            {
                made.Result.Dispose();
            }
        }
    }

    private double Seconds(ref long ticks) => Interlocked.Read(ref ticks) / (double)_time.TimestampFrequency;
}
