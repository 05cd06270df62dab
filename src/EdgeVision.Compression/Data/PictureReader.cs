using System.Collections.Concurrent;
using EdgeVision.Imaging;

namespace EdgeVision.Compression;

/// <summary>The pictures of a set one after the other, decoded on a thread of their own, a few ahead of whoever looks at them.</summary>
/// <remarks>In the items' order, whatever the machine does. A picture that cannot be read comes without a frame. Memory: <c>ahead</c> + 2 pictures. One thread enumerates; leaving early stops the decoding.</remarks>
public static class PictureReader
{
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static IEnumerable<DecodedPicture> Read(IReadOnlyList<DatasetItem> items, int ahead = 4, CancellationToken stop = default)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var queue = new BlockingCollection<DecodedPicture>(Math.Max(1, ahead));
        var decoding = Task.Factory.StartNew(() => Fill(queue, items, left.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var picture in queue.GetConsumingEnumerable(stop))
            {
                yield return picture;
            }

            decoding.GetAwaiter().GetResult();
            // Because a decoder that stopped first ends the queue as if the set were through.
            stop.ThrowIfCancellationRequested();
        }
        finally
        {
            left.Cancel();
            ((IAsyncResult)decoding).AsyncWaitHandle.WaitOne();
            while (queue.TryTake(out var rest))
            {
                rest.Frame?.Dispose();
            }
        }
    }

    private static void Fill(BlockingCollection<DecodedPicture> queue, IReadOnlyList<DatasetItem> items, CancellationToken stop)
    {
        try
        {
            foreach (var item in items)
            {
                var picture = Decode(item);
                try
                {
                    queue.Add(picture, stop);
                }
                catch
                {
                    picture.Frame?.Dispose();
                    throw;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // nobody waits for more
        }
        finally
        {
            queue.CompleteAdding();
        }
    }

    private static DecodedPicture Decode(DatasetItem item)
    {
        try
        {
            return new DecodedPicture(item, item.Open(), null);
        }
        catch (Exception exception) when (exception is ImageException or IOException or UnauthorizedAccessException)
        {
            return new DecodedPicture(item, null, exception.Message);
        }
    }
}
