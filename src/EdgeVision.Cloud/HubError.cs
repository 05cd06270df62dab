using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud;

/// <summary>An error as Azure words it, for REST and for twin answers.</summary>
/// <remarks>
/// Codes: 400004 ArgumentInvalid, 400027 ConnectionForcefullyClosedOnNewConnection, 401002 IotHubUnauthorizedAccess, 401003 IotHubUnauthorized, 403002 IotHubQuotaExceeded,
/// 403004 DeviceMaximumQueueDepthExceeded, 403006 too many uploads, 404001 DeviceNotFound, 404010 ModuleNotFound, 404103 DeviceNotOnline, 404104 the device closed the connection,
/// 412001 PreconditionFailed, 412002 lock lost, 413001 MessageTooLarge, 413003 TooManyModulesOnDevice, 429001 ThrottlingException, 500001 ServerError, 504101 GatewayTimeout.
/// </remarks>
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
