using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>The model in service. A new one takes over between two frames and is in service for good when it has looked at its first.</summary>
/// <remarks>
/// The loop calls <see cref="Current"/> before each frame, and <see cref="Confirm"/> or <see cref="Reject"/> after it; all three from its own thread, so no frame is ever seen by
/// two models. The old model stays loaded until the new one is confirmed; then the loop that used it disposes it, or hands it to who wants it. Owns both.
/// Where there is no memory for two, <see cref="ExchangeAsync"/> disposes the old one first. Both from any thread.
/// </remarks>
internal sealed class ActiveModel(VisionModel first, Action wakeLoop) : IDisposable
{
    /// <param name="Next">Loaded already; null = <paramref name="Load"/> makes it when the old one is gone.</param>
    private sealed record Handover(VisionModel? Next, TaskCompletionSource<Exception?> Done, Action<VisionModel>? Retired = null, Func<VisionModel>? Load = null, Func<VisionModel>? Reload = null)
    {
        /// <summary>In service without having looked at a frame, because none came: a failure later is a failure of the model in service.</summary>
        public volatile bool IsSettled;
    }

    private VisionModel _current = first;
    private VisionModel? _previous;
    private Handover? _waiting;
    private Handover? _onProbe;
    private volatile ModelIdentity _identity = first.Identity;
    private volatile PlacementReport _placement = first.Placement;

    /// <summary>Any thread.</summary>
    public ModelIdentity Identity => _identity;

    /// <summary>Any thread.</summary>
    public PlacementReport Placement => _placement;

    /// <summary>The loop: the model for the next frame.</summary>
    public VisionModel Current
    {
        get
        {
            if (Interlocked.Exchange(ref _waiting, null) is { } handover)
            {
                Begin(handover);
            }

            return _current;
        }
    }

    /// <summary>Puts a loaded model in service; it belongs to this object from now on.</summary>
    /// <param name="next">Loaded, and tried already.</param>
    /// <param name="patience">How long to wait for a first frame; without one (no camera) the model is in service all the same.</param>
    /// <param name="retired">Gets the old model, by the loop, once the new one is confirmed; null = it is disposed.</param>
    /// <returns>Null, or why it failed at its first frame: then the old one is in service as before.</returns>
    public Task<Exception?> ReplaceAsync(VisionModel next, TimeSpan patience, CancellationToken cancellationToken, Action<VisionModel>? retired = null) =>
        HandOverAsync(new Handover(next, NewDone(), retired), patience, cancellationToken);

    /// <summary>Disposes the old model, then loads the new one, between two frames: no frame is looked at meanwhile.</summary>
    /// <param name="load">The new one; runs on the loop's thread.</param>
    /// <param name="reload">The old one again, when that fails.</param>
    /// <returns>Null, or why the new one could not be loaded: then the old one is in service again.</returns>
    public Task<Exception?> ExchangeAsync(Func<VisionModel> load, Func<VisionModel> reload, CancellationToken cancellationToken) =>
        HandOverAsync(new Handover(null, NewDone(), Load: load, Reload: reload), Timeout.InfiniteTimeSpan, cancellationToken);

    private static TaskCompletionSource<Exception?> NewDone() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<Exception?> HandOverAsync(Handover handover, TimeSpan patience, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _waiting, handover)?.Next?.Dispose();
        wakeLoop();
        using var withdrawal = cancellationToken.Register(() => Withdraw(handover));
        try
        {
            return await handover.Done.Task.WaitAsync(patience, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            handover.IsSettled = true;
            return null;
        }
    }

    /// <summary>The loop: the current model has looked at a frame.</summary>
    public void Confirm()
    {
        if (_onProbe is { } handover)
        {
            _onProbe = null;
            Retire(handover);
            handover.Done.TrySetResult(null);
        }
    }

    /// <summary>The loop: the current model failed at a frame.</summary>
    /// <returns>True when the model before it is back in service and the frame can be shown to that one.</returns>
    public bool Reject(Exception reason)
    {
        if (_onProbe is not { IsSettled: false } handover || _previous is not { } previous)
        {
            return false;
        }

        _onProbe = null;
        _previous = null;
        _current.Dispose();
        Serve(previous);
        handover.Done.TrySetResult(reason);
        return true;
    }

    /// <summary>After the loop has ended.</summary>
    public void Dispose()
    {
        _current.Dispose();
        _previous?.Dispose();
        _waiting?.Next?.Dispose();
    }

    /// <summary>Too late once the loop has taken it: then its first frame decides.</summary>
    private void Withdraw(Handover handover)
    {
        if (Interlocked.CompareExchange(ref _waiting, null, handover) == handover)
        {
            handover.Next?.Dispose();
            handover.Done.TrySetCanceled();
        }
    }

    private void Retire(Handover handover)
    {
        if (_previous is { } previous)
        {
            _previous = null;
            (handover.Retired ?? (model => model.Dispose()))(previous);
        }
    }

    private void Begin(Handover handover)
    {
        if (handover.Next is not { } next)
        {
            Exchange(handover);
            return;
        }

        // A second model before the first was confirmed (no frame in between): the one before both stays the way back.
        if (_previous is null)
        {
            _previous = _current;
        }
        else
        {
            _current.Dispose();
        }

        _onProbe?.Done.TrySetResult(null);
        _onProbe = handover;
        Serve(next);
    }

    private void Exchange(Handover handover)
    {
        _onProbe?.Done.TrySetResult(null);
        _onProbe = null;
        _previous?.Dispose();
        _previous = null;
        _current.Dispose();
        Exception? reason = null;
        try
        {
            Serve(handover.Load!());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            reason = exception;
            Serve(handover.Reload!()); // when that fails too the process ends, and the next one finds the best package that is whole
        }

        handover.Done.TrySetResult(reason);
    }

    private void Serve(VisionModel model)
    {
        _current = model;
        _identity = model.Identity;
        _placement = model.Placement;
    }
}
