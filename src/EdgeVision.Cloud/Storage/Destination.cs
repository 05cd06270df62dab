using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>Where telemetry is forwarded to, and how far it has got.</summary>
/// <param name="Name">Its own.</param>
/// <param name="Settings">What and where.</param>
/// <param name="Reached">Sequence up to which the destination has every message: what survives a crash.</param>
/// <param name="Delivered">Messages it has taken.</param>
/// <param name="Skipped">Messages that it refused and that it was told to skip.</param>
/// <param name="Lost">Messages that were too old or too many before it got them.</param>
/// <param name="Paused">Whether it waits for somebody to look at the error.</param>
/// <param name="Error">The last one; empty after a success.</param>
internal sealed record Destination(string Name, DestinationSettings Settings, long Reached, long Delivered, long Skipped, long Lost, bool Paused, string Error)
{
    /// <param name="newest">Sequence of the newest message.</param>
    public JsonObject ToJson(long newest) => new()
    {
        ["name"] = Name,
        ["kind"] = Settings.Kind,
        ["address"] = Settings.Address,
        ["topic"] = Settings.Topic,
        ["state"] = Paused ? "paused" : Error.Length > 0 ? "retrying" : "active",
        ["reached"] = Reached,
        ["lag"] = Math.Max(0, newest - Reached),
        ["delivered"] = Delivered,
        ["skipped"] = Skipped,
        ["lost"] = Lost,
        ["error"] = Error,
    };
}
