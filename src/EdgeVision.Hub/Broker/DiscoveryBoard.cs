namespace EdgeVision.Hub;

/// <summary>What shall lie retained for Home Assistant, compared with what does: told anew at each connect, and cleared where a camera is no more.</summary>
/// <remarks>
/// The broker itself remembers what an earlier life of the device announced (<see cref="Found"/>): cameras taken out of the configuration while the device was off are cleared too.
/// Any thread.
/// </remarks>
/// <param name="home">Null = there is nothing to tell.</param>
internal sealed class DiscoveryBoard(HomeAssistantDiscovery? home)
{
    private readonly Lock _gate = new();
    private readonly Signal _changed = new();
    private readonly Dictionary<string, byte[]> _found = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private IReadOnlyList<KeyValuePair<string, byte[]>>? _wanted;

    /// <summary>Where this device's own announcements lie.</summary>
    public IEnumerable<string> Filters => home?.Filters ?? [];

    public void Show(IReadOnlyList<string> cameras)
    {
        lock (_gate)
        {
            foreach (var (topic, _) in _wanted ?? [])
            {
                _found.TryAdd(topic, []);
            }

            _wanted = home?.Announcements(cameras);
            _told.Clear();
        }

        _changed.Set();
    }

    /// <summary>At a new connection everything is to be told again.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _told.Clear();
        }
    }

    /// <summary>Lies retained at the broker.</summary>
    public void Found(string topic, byte[] payload)
    {
        lock (_gate)
        {
            _found[topic] = payload;
        }

        _changed.Set();
    }

    /// <summary>What is to be published now, in order; an empty payload clears.</summary>
    public IReadOnlyList<(string Topic, byte[] Payload)> Outstanding()
    {
        lock (_gate)
        {
            if (_wanted is null)
            {
                return []; // the cameras are not known yet: nothing is cleared on a guess
            }

            var outstanding = new List<(string, byte[])>();
            foreach (var (topic, payload) in _wanted)
            {
                if (_found.Remove(topic, out var before) && HomeAssistantDiscovery.Farewell(before, payload) is { } farewell)
                {
                    outstanding.Add((topic, farewell));
                    _told.Remove(topic);
                }

                if (_told.Add(topic))
                {
                    outstanding.Add((topic, payload));
                }
            }

            outstanding.AddRange(_found.Keys.Select(topic => (topic, Array.Empty<byte>())));
            _found.Clear();
            return outstanding;
        }
    }

    /// <summary>Waits until there may be something to publish.</summary>
    public Task ChangedAsync(CancellationToken cancellationToken) => _changed.WaitAsync(cancellationToken);
}
