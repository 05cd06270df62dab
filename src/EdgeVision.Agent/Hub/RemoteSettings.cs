using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary>What the hub may set from afar: <c>telemetry.intervalSeconds</c>, in place of the file's.</summary>
/// <remarks>
/// Answered in the reported section as {"value", "ac", "av", "ad"} (the convention of IoT Plug and Play): 200 and the value in effect, or 400 and why; what is wrong changes nothing.
/// Null or absent goes back to the file's value.
/// </remarks>
internal sealed class RemoteSettings(ICloudLink? hub)
{
    private const string Section = "telemetry", Key = "intervalSeconds";
    private double? _intervalSeconds;

    public double? IntervalSeconds => _intervalSeconds;

    public void Wish(JsonObject desired)
    {
        var version = desired["$version"]?.GetValue<long>() ?? 0;
        if ((desired[Section] as JsonObject)?[Key] is not { } wish)
        {
            _intervalSeconds = null;
        }
        else if (wish is JsonValue value && value.TryGetValue<double>(out var seconds) && seconds is >= TelemetryOptions.LeastInterval and <= TelemetryOptions.MostInterval)
        {
            _intervalSeconds = seconds;
            Answer(200, version, "in effect");
        }
        else
        {
            Answer(400, version, $"{Section}.{Key} wants a number from {TelemetryOptions.LeastInterval} to {TelemetryOptions.MostInterval}, not {wish.ToJsonString()}");
        }
    }

    private void Answer(int code, long version, string description) => hub?.Report(Section, new JsonObject
    {
        [Key] = new JsonObject { ["value"] = _intervalSeconds, ["ac"] = code, ["av"] = version, ["ad"] = description },
    });
}
