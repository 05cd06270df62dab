using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Agent.Tests;

/// <summary>A cloud that takes everything and keeps what it was told of the update.</summary>
internal sealed class RecordedLink : ICloudLink
{
    private readonly Lock _gate = new();
    private readonly List<JsonObject> _updates = [];

    public HubStatus Status => throw new NotSupportedException();

    public Action<JsonObject>? DesiredChanged { get; set; }

    public Action<OutboxNotice>? OutboxNoticed { get; set; }

    public IReadOnlyList<JsonObject> Updates
    {
        get
        {
            lock (_gate)
            {
                return [.. _updates];
            }
        }
    }

    public JsonObject? Update => Updates is [.., var last] ? last : null;

    public void OnMethod(string name, Func<JsonNode?, CancellationToken, Task<MethodResult>> handler)
    {
    }

    public void Send(TelemetryMessage message)
    {
    }

    public void Report(string key, JsonNode value)
    {
        lock (_gate)
        {
            _updates.Add((JsonObject)value);
        }
    }

    public void TryNow()
    {
    }

    public Task RunAsync(CancellationToken stopping) => Task.CompletedTask;

    public void Dispose()
    {
    }
}
