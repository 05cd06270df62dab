using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace EdgeVision.Agent;

/// <summary>The configuration in effect: the file with the hub's wishes over it, swapped whole or not at all.</summary>
/// <remarks>
/// Wishes and reloads come from any thread and are carried out one after another by <see cref="RunAsync"/>; of wishes that come while one is carried out only the last is.
/// Which wish is newer is the hub client's business; the same one delivered twice changes nothing. Answered under the reported property <c>config</c> as {value, ac, av, ad}
/// (the convention of IoT Plug and Play): 200 in effect, 400 refused and why, 203 where the hub wishes nothing.
/// </remarks>
internal sealed partial class LiveConfiguration
{
    private const int MostReasonLetters = 1000; // four bytes each at the most, and the hub takes 4 KB
    private readonly string _path;
    private readonly OverlayStore _store;
    private readonly ILogger<LiveConfiguration> _logger;
    private readonly Channel<bool> _work = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly JsonObject _answer = new() { ["ac"] = 203, ["av"] = 0, ["ad"] = "as edgevision.toml says" };
    private TaskCompletionSource<string?>? _reload;
    private JsonObject? _desired;
    private JsonObject _wishes;
    private string _refused = "";
    private AgentOptions _file;
    private volatile AgentOptions _current;

    /// <param name="path">The file.</param>
    /// <param name="file">What it said at the start.</param>
    /// <param name="store">Where the hub's wishes of the last run lie.</param>
    public LiveConfiguration(string path, AgentOptions file, OverlayStore store, ILogger<LiveConfiguration> logger)
    {
        (_path, _file, _current, _store, _logger) = (path, file, file, store, logger);
        _wishes = store.Load(out var damage) ?? [];
        try
        {
            _current = ConfigurationOverlay.Lay(_wishes, file, orphansStay: true);
            Log.Recovered(_logger, damage is null ? LogLevel.Debug : LogLevel.Error, damage ?? "configuration kept from the last run");
        }
        catch (ConfigurationException exception)
        {
            _wishes = [];
            Log.Recovered(_logger, LogLevel.Error, $"what the hub had set does not fit this version and is not in effect: {exception.Message}");
        }
    }

    /// <summary>Any thread.</summary>
    public AgentOptions Current => _current;

    /// <summary>Called just before one configuration makes way for another: what was seen under it is said under its hash.</summary>
    public Action Leaving { get; set; } = () => { };

    /// <summary>Puts a new configuration in effect, on the thread of <see cref="RunAsync"/>: the one before and the new one.</summary>
    public Action<AgentOptions, AgentOptions> Apply { get; set; } = (_, _) => { };

    /// <summary>Told why a file or a wish was refused.</summary>
    public Action<string> Refused { get; set; } = _ => { };

    /// <summary>Told what the hub should know.</summary>
    public Action<JsonObject> Report { get; set; } = _ => { };

    /// <summary>The hub's whole desired section; returns at once.</summary>
    public void Wish(JsonObject desired)
    {
        Volatile.Write(ref _desired, desired);
        _work.Writer.TryWrite(true);
    }

    /// <summary>Reads the file again.</summary>
    /// <returns>Null when it is in effect; otherwise its faults, and nothing has changed.</returns>
    public Task<string?> ReloadAsync()
    {
        var fresh = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = Interlocked.CompareExchange(ref _reload, fresh, null) ?? fresh;
        _work.Writer.TryWrite(true);
        return waiting.Task;
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var _ in _work.Reader.ReadAllAsync(stopping).ConfigureAwait(false))
        {
            if (Interlocked.Exchange(ref _reload, null) is { } reload)
            {
                reload.SetResult(TakeFile());
            }

            if (Interlocked.Exchange(ref _desired, null) is { } desired)
            {
                TakeWish(desired);
            }
        }
    }

    private string? TakeFile()
    {
        try
        {
            var file = ConfigurationReader.Read(_path);
            Swap(ConfigurationOverlay.Lay(_wishes, file, orphansStay: true));
            _file = file;
            Answer();
            return null;
        }
        catch (ConfigurationException exception)
        {
            Log.Kept(_logger, exception.Message);
            Refused(exception.Message);
            return exception.Message;
        }
    }

    private void TakeWish(JsonObject desired)
    {
        var version = desired["$version"] is JsonValue number && number.TryGetValue<long>(out var whole) ? whole : 0;
        try
        {
            var wishes = (desired[ConfigurationOverlay.Root] ?? new JsonObject()) as JsonObject ?? throw new ConfigurationException($"{ConfigurationOverlay.Root} wants an object");
            var options = ConfigurationOverlay.Lay(wishes, _file);
            var kept = JsonNode.DeepEquals(wishes, _wishes) || TrySave(wishes);
            if (options.Hash != _current.Hash || !options.Cameras.SequenceEqual(_current.Cameras))
            {
                Swap(options);
            }

            (_wishes, _refused) = ((JsonObject)wishes.DeepClone(), "");
            Answer(wishes.Count == 0 ? 203 : 200, wishes.Count == 0 ? 0 : version, !kept ? "in effect until the next start: the disk does not take it" : wishes.Count == 0 ? "as edgevision.toml says" : "in effect");
        }
        catch (ConfigurationException exception)
        {
            var reason = exception.Message.Replace("\n", "; ", StringComparison.Ordinal);
            if (reason != _refused) // at each connect the hub says the same again
            {
                Log.WishRefused(_logger, version, reason);
                Refused(reason);
            }

            _refused = reason;
            Answer(400, version, reason.Length > MostReasonLetters ? reason[..MostReasonLetters] + "..." : reason);
        }
    }

    private bool TrySave(JsonObject wishes)
    {
        try
        {
            _store.Save(wishes);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotKept(_logger, exception.Message);
            return false;
        }
    }

    private void Swap(AgentOptions options)
    {
        Leaving();
        var before = _current;
        _current = options;
        Apply(before, options);
    }

    private void Answer(int code, long version, string description)
    {
        (_answer["ac"], _answer["av"], _answer["ad"]) = (code, version, description);
        Answer();
    }

    private void Answer()
    {
        var answer = (JsonObject)_answer.DeepClone();
        answer["value"] = EffectiveConfiguration.Brief(_current);
        Report(answer);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 7040, Message = "{What}")]
        public static partial void Recovered(ILogger logger, LogLevel level, string what);

        [LoggerMessage(7103, LogLevel.Error, "the new configuration is wrong, the old one stays:\n{Faults}")]
        public static partial void Kept(ILogger logger, string faults);

        [LoggerMessage(7041, LogLevel.Warning, "what the hub wishes (version {Version}) was refused, the old stays: {Reason}")]
        public static partial void WishRefused(ILogger logger, long version, string reason);

        [LoggerMessage(7042, LogLevel.Error, "what the hub wishes is in effect, but not kept for the next start: {Reason}")]
        public static partial void NotKept(ILogger logger, string reason);
    }
}
