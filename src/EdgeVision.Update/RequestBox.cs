namespace EdgeVision.Update;

/// <summary>What people have asked of the current deployment and the task that applies has not yet taken. Any thread.</summary>
#pragma warning disable CA1001 // a source without timer and links holds nothing that wants to be disposed
internal sealed class RequestBox
#pragma warning restore CA1001
{
    private readonly Lock _gate = new();
    private readonly HashSet<UpdateRequest> _asked = [];
    private CancellationTokenSource _rang = new();
    private CancellationTokenSource _interrupted = new();
    private string _deploymentId = "";

    /// <summary>Cancelled by the next request; taken anew after each.</summary>
    public CancellationToken Rang
    {
        get
        {
            lock (_gate)
            {
                return _rang.Token;
            }
        }
    }

    /// <summary>Cancelled by the next request that ends the step under way: Cancel and RollBack.</summary>
    public CancellationToken Interrupted
    {
        get
        {
            lock (_gate)
            {
                return _interrupted.Token;
            }
        }
    }

    public void Ask(string deploymentId, UpdateRequest request)
    {
        CancellationTokenSource rung;
        CancellationTokenSource? interrupted = null;
        lock (_gate)
        {
            if (deploymentId != _deploymentId)
            {
                _asked.Clear();
            }

            _deploymentId = deploymentId;
            _asked.Add(request);
            (rung, _rang) = (_rang, new CancellationTokenSource());
            if (request is UpdateRequest.Cancel or UpdateRequest.RollBack)
            {
                (interrupted, _interrupted) = (_interrupted, new CancellationTokenSource());
            }
        }

        interrupted?.Cancel();
        rung.Cancel(); // outside the lock, because it runs what waits for it
    }

    public bool Has(string? deploymentId, UpdateRequest request)
    {
        lock (_gate)
        {
            return deploymentId == _deploymentId && _asked.Contains(request);
        }
    }

    /// <summary>True once.</summary>
    public bool Take(string? deploymentId, UpdateRequest request)
    {
        lock (_gate)
        {
            return deploymentId == _deploymentId && _asked.Remove(request);
        }
    }

    /// <summary>A deployment begins: what was asked of the one before, even by the same name, is over.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _asked.Clear();
        }
    }
}
