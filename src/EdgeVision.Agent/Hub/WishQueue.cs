using System.Threading.Channels;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>The one deployment that is to be applied next: a newer one takes the place of an older one, whether that waits or is under way. Put by any thread, taken by one.</summary>
internal sealed class WishQueue
{
    private readonly Channel<ModelDeployment> _next;
    private readonly Action<ModelDeployment> _superseded;
    private readonly Lock _gate = new();
    private CancellationTokenSource? _applying;

    /// <param name="superseded">Told of a deployment that was never begun.</param>
    public WishQueue(Action<ModelDeployment> superseded)
    {
        _superseded = superseded;
        _next = Channel.CreateBounded<ModelDeployment>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }, superseded);
    }

    public bool IsEmpty => !_next.Reader.TryPeek(out _);

    /// <returns>Null when none came for so long.</returns>
    public async Task<ModelDeployment?> NextAsync(TimeSpan longest, TimeProvider time, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            return await _next.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Stops what is under way.</summary>
    public void Put(ModelDeployment deployment)
    {
        lock (_gate)
        {
            _next.Writer.TryWrite(deployment);
            _applying?.Cancel();
        }
    }

    /// <summary>Lets what is under way come to its end first.</summary>
    public void PutBehind(ModelDeployment deployment) => _next.Writer.TryWrite(deployment);

    /// <summary>False where it does not wait here.</summary>
    public bool Withdraw(string deploymentId)
    {
        lock (_gate)
        {
            return _next.Reader.TryPeek(out var next) && next.DeploymentId == deploymentId && _next.Reader.TryRead(out _);
        }
    }

    /// <returns>The newest: one that came since this one was taken could not cancel it.</returns>
    public ModelDeployment Begin(ModelDeployment taken, CancellationTokenSource applying)
    {
        lock (_gate)
        {
            _applying = applying;
            if (!_next.Reader.TryRead(out var newer))
            {
                return taken;
            }

            _superseded(taken);
            return newer;
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _applying = null;
        }
    }
}
