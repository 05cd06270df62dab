using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>What the device says of itself, as one document that stands retained at the broker. Any thread.</summary>
internal sealed class ReportedState
{
    private readonly JsonObject _document = [];
    private readonly Signal _changed = new();
    private readonly Lock _gate = new();

    public void Set(string key, JsonNode value)
    {
        lock (_gate)
        {
            _document[key] = value;
        }

        _changed.Set();
    }

    public byte[] ToUtf8()
    {
        lock (_gate)
        {
            return Encoding.UTF8.GetBytes(_document.ToJsonString());
        }
    }

    /// <summary>Waits until something was set since the last time.</summary>
    public Task ChangedAsync(CancellationToken cancellationToken) => _changed.WaitAsync(cancellationToken);
}
