using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>Something that happened to the connection of a device.</summary>
/// <param name="Sequence">Grows over the whole hub; 0 before it is stored.</param>
/// <param name="Occurred">When.</param>
/// <param name="DeviceId">Whose; as it was claimed when the device was refused.</param>
/// <param name="Code">0 for what is in order, otherwise one of <see cref="HubError"/>.</param>
/// <param name="Reason">In words.</param>
internal sealed record ConnectionEvent(long Sequence, DateTimeOffset Occurred, string DeviceId, int Code, string Reason)
{
    public JsonObject ToJson() => new()
    {
        ["sequence"] = Sequence, ["time"] = Occurred.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), ["deviceId"] = DeviceId, ["errorCode"] = Code, ["reason"] = Reason,
    };
}
