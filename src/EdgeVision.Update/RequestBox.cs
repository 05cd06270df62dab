namespace EdgeVision.Update;

/// <summary>What people have asked of the current deployment and the task that applies has not yet taken. Any thread.</summary>
internal sealed class RequestBox
{
    private readonly Lock _gate = new();
    private readonly HashSet<UpdateRequest> _asked = [];
    private CancellationTokenSource _rang = new();
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

    public void Ask(string deploymentId, UpdateRequest request)
    {
        CancellationTokenSource rung;
        lock (_gate)
        {
            if (deploymentId != _deploymentId)
            {
                _asked.Clear();
            }

            _deploymentId = deploymentId;
            _asked.Add(request);
            (rung, _rang) = (_rang, new CancellationTokenSource());
        }

        rung.Cancel(); // outside the lock, because it runs what waits for it; not disposed, because its token may still be listened to
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

    public void Clear()
    {
        lock (_gate)
        {
            _asked.Clear();
        }
    }
}
