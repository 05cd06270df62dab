using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud;

/// <summary>An error as Azure words it, for REST and for twin answers.</summary>
/// <remarks>Codes: 400004 ArgumentInvalid, 401002 IotHubUnauthorizedAccess, 404001 DeviceNotFound, 404103 DeviceNotOnline, 412001 PreconditionFailed, 413001 MessageTooLarge, 504101 GatewayTimeout.</remarks>
internal sealed record HubError(int Code, string Message)
{
    public JsonObject ToJson(TimeProvider time) => new()
    {
        ["errorCode"] = Code,
        ["message"] = Message,
        ["trackingId"] = Guid.NewGuid().ToString("N"),
        ["timestampUtc"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
    };

    public byte[] ToUtf8(TimeProvider time) => Encoding.UTF8.GetBytes(ToJson(time).ToJsonString());
}
