using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud;

/// <summary>An error as Azure words it, for REST and for twin answers.</summary>
internal sealed record HubError(int Code, string Message)
{
    /// <summary>When asking again makes sense; null where that does not depend on time.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Azure's word for the code.</summary>
    public string Name => Code switch
    {
        400004 => "ArgumentInvalid",
        400027 => "ConnectionForcefullyClosedOnNewConnection",
        401002 => "IotHubUnauthorizedAccess",
        401003 => "IotHubUnauthorized",
        403002 => "IotHubQuotaExceeded",
        403004 => "DeviceMaximumQueueDepthExceeded",
        404001 => "DeviceNotFound",
        404010 => "ModuleNotFound",
        404103 => "DeviceNotOnline",
        409001 => "DeviceAlreadyExists",
        412001 => "PreconditionFailed",
        412002 => "DeviceMessageLockLost",
        413001 => "MessageTooLarge",
        413003 => "TooManyModulesOnDevice",
        429001 => "ThrottlingException",
        500001 => "ServerError",
        503001 => "ServiceUnavailable",
        504101 => "GatewayTimeout",
        _ => "Other",
    };

    /// <summary>With <c>Message</c> as well, "ErrorCode:NAME;text", from which service SDKs tell what happened.</summary>
    public JsonObject ToJson(TimeProvider time) => new()
    {
        ["errorCode"] = Code,
        [nameof(Message)] = $"ErrorCode:{Name};{Message}",
        ["message"] = Message,
        ["trackingId"] = Guid.NewGuid().ToString("N"),
        ["timestampUtc"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
    };

    public byte[] ToUtf8(TimeProvider time) => Encoding.UTF8.GetBytes(ToJson(time).ToJsonString());
}
