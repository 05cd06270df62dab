using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>The next frame of a camera as JPEG, with its boxes if wanted, for whoever asks.</summary>
/// <remarks>The loop copies pixels only while somebody waits; drawing and encoding happen on the asking thread. Any thread asks, the loop offers.</remarks>
internal sealed class LivePicture
{
    private sealed record Copy(Frame Frame, Detections Detections, IReadOnlyList<string> Labels);

    private sealed record Request(PictureWish Wish, TaskCompletionSource<Copy> Copied);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly List<Request> _requests = [];
    private readonly Lock _gate = new();
    private volatile bool _wanted;

    /// <returns>Null when no frame came within five seconds.</returns>
    public async Task<Picture?> NextAsync(PictureWish wish, CancellationToken cancellationToken)
    {
        var request = new Request(wish, new TaskCompletionSource<Copy>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            _requests.Add(request);
            _wanted = true;
        }

        try
        {
            var copy = await request.Copied.Task.WaitAsync(Patience, cancellationToken).ConfigureAwait(false);
            using (copy.Frame)
            {
                var (jpeg, width, height) = Annotator.DrawJpeg(copy.Frame, copy.Detections, copy.Labels, wish.Quality, wish.MaxWidth);
                return new Picture(copy.Frame.SourceId, width, height, copy.Frame.Stamp.WallTime, jpeg);
            }
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            Forget(request);
        }
    }

    public void Offer(Frame frame, VisionModel model, VisionResult result)
    {
        if (!_wanted)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var request in _requests)
            {
                if (request.Wish.Camera is null || request.Wish.Camera == frame.SourceId)
                {
                    request.Copied.TrySetResult(CopyOf(frame, model, result, request.Wish.Annotated));
                }
            }
        }
    }

    private void Forget(Request request)
    {
        lock (_gate)
        {
            _requests.Remove(request);
            _wanted = _requests.Count > 0;
        }
    }

    private static Copy CopyOf(Frame frame, VisionModel model, VisionResult result, bool annotated)
    {
        var copy = new FramePool(frame.SourceId, frame.Layout, capacity: 1).TryRent()!;
        frame.Pixels.CopyTo(copy.Pixels);
        (copy.Color, copy.Stamp) = (frame.Color, frame.Stamp);
        var detections = new Detections(Math.Max(1, result.Detections.Count));
        for (var i = 0; annotated && i < result.Detections.Count; i++)
        {
            detections.Add(result.Detections.Boxes[i], result.Detections.Confidences[i], result.Detections.ClassIds[i]);
        }

        return new Copy(copy, detections, model.Labels);
    }
}
