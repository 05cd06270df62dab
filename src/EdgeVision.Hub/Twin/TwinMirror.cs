using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>The device's side of its twin: what the hub wishes, what the hub knows of us, and what it should know.</summary>
/// <remarks>
/// Notifications are sent at most once and can be lost, so the whole document is read at each connect, an old notification is ignored and a gap in the versions asks for
/// the document again. What is reported is the difference between what should be known and what is known, so nothing is lost over a cut and nothing is sent twice.
/// What a hub would not take (<see cref="TwinSize"/>) is refused here, where it can be said which key is at fault. Any thread.
/// </remarks>
internal sealed class TwinMirror
{
    private const string VersionKey = "$version";
    private readonly JsonObject _wanted = [];
    private readonly Signal _changed = new();
    private readonly Lock _gate = new();
    private JsonObject _desired = [];
    private JsonObject _known = [];
    private long _version;
    private bool _refused;

    public bool IsLoaded { get; private set; }

    /// <summary>At a new connection nothing is certain: the document is to be loaded.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            IsLoaded = false;
            _refused = false;
        }
    }

    /// <summary>The whole document, as the hub answers a GET.</summary>
    /// <returns>The desired section.</returns>
    public JsonObject Load(JsonObject document)
    {
        lock (_gate)
        {
            _desired = document["desired"]?.DeepClone() as JsonObject ?? [];
            _known = document["reported"]?.DeepClone() as JsonObject ?? [];
            _known.Remove(VersionKey);
            _version = VersionOf(_desired);
            IsLoaded = true;
            return (JsonObject)_desired.DeepClone();
        }
    }

    /// <summary>A change of the desired section.</summary>
    /// <returns>The whole desired section after it; null when it is old, or when one before it was lost: then the document is to be loaded again.</returns>
    public JsonObject? Patch(JsonObject patch)
    {
        lock (_gate)
        {
            var version = VersionOf(patch);
            if (!IsLoaded || version <= _version)
            {
                return null;
            }

            if (version > _version + 1)
            {
                IsLoaded = false;
                _changed.Set();
                return null;
            }

            JsonMergePatch.Apply(_desired, patch);
            _version = version;
            return (JsonObject)_desired.DeepClone();
        }
    }

    /// <summary>Waits until there is something to load or to report.</summary>
    public Task ChangedAsync(CancellationToken cancellationToken) => _changed.WaitAsync(cancellationToken);

    /// <summary>What the hub should know under this key.</summary>
    /// <returns>Why it cannot be reported, and that what was wanted before stays; null when it will be.</returns>
    public string? Want(string key, JsonNode value)
    {
        if (TwinSize.LongText(key, value) is { } path)
        {
            return $"{path} is a text of more than {TwinSize.TextLimit} bytes";
        }

        lock (_gate)
        {
            var before = _wanted[key];
            _wanted[key] = value;
            if (Heaviest() is { } fault)
            {
                _wanted[key] = before;
                return fault;
            }

            _refused = false;
        }

        _changed.Set();
        return null;
    }

    /// <summary>What the hub does not know yet, or the first part of it where it is too much for one patch; null when it knows all, refused it, or its document is not here yet.</summary>
    public JsonObject? Outstanding()
    {
        lock (_gate)
        {
            var difference = IsLoaded && !_refused ? JsonMergePatch.Difference(_known, _wanted) : null;
            return difference is { Count: > 0 } ? TwinSize.FirstPart(difference) : null;
        }
    }

    /// <summary>The hub will not take what is outstanding: it is not sent again before something else is wanted, or a new connection.</summary>
    public void Refused()
    {
        lock (_gate)
        {
            _refused = true;
        }
    }

    /// <summary>The hub took a patch.</summary>
    public void Known(JsonObject patch)
    {
        lock (_gate)
        {
            JsonMergePatch.Apply(_known, patch);
        }
    }

    /// <summary>Null while all that the hub would know fits into the section.</summary>
    private string? Heaviest()
    {
        var after = (JsonObject)_known.DeepClone();
        JsonMergePatch.Apply(after, JsonMergePatch.Difference(_known, _wanted));
        var bytes = TwinSize.Of(after);
        if (bytes < TwinSize.SectionLimit)
        {
            return null;
        }

        var (key, value) = after.MaxBy(pair => TwinSize.Of(pair.Value));
        return $"the reported section would have {bytes} bytes of {TwinSize.SectionLimit}; the biggest key is {key} with {TwinSize.Of(value)}";
    }

    private static long VersionOf(JsonObject section) => section[VersionKey] is JsonValue value && value.TryGetValue<long>(out var version) ? version : 0;
}
