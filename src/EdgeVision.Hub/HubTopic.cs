using System.Globalization;

namespace EdgeVision.Hub;

/// <summary>Every topic that device and hub speak, written and read in one place.</summary>
/// <remarks>
/// Source: learn.microsoft.com/azure/iot/iot-mqtt-connect-to-iot-hub. Example: <c>$iothub/twin/res/204/?$rid=7&amp;$version=12</c> is
/// (TwinResponse, Status 204, RequestId "7", Version 12).
/// </remarks>
/// <param name="Kind">What it is for.</param>
/// <param name="DeviceId">Telemetry and DeviceBound; <c>device/module</c> for the telemetry of a module; empty otherwise.</param>
/// <param name="Name">MethodRequest: the method.</param>
/// <param name="Status">TwinResponse and MethodResponse.</param>
/// <param name="Properties">The bag at the end.</param>
public sealed record HubTopic(HubTopicKind Kind, string DeviceId, string Name, int Status, IReadOnlyDictionary<string, string?> Properties)
{
    public const string TwinResponseFilter = "$iothub/twin/res/#";
    public const string TwinDesiredFilter = "$iothub/twin/PATCH/properties/desired/#";
    public const string MethodFilter = "$iothub/methods/POST/#";
    public const string ProvisioningResponseFilter = "$dps/registrations/res/#";

    private const string TwinGetPrefix = "$iothub/twin/GET/";
    private const string TwinReportPrefix = "$iothub/twin/PATCH/properties/reported/";
    private const string TwinDesiredPrefix = "$iothub/twin/PATCH/properties/desired/";
    private const string TwinResponsePrefix = "$iothub/twin/res/";
    private const string MethodRequestPrefix = "$iothub/methods/POST/";
    private const string MethodResponsePrefix = "$iothub/methods/res/";
    private const string ProvisioningRegisterPrefix = "$dps/registrations/PUT/iotdps-register/";
    private const string ProvisioningStatusPrefix = "$dps/registrations/GET/iotdps-get-operationstatus/";
    private const string ProvisioningResponsePrefix = "$dps/registrations/res/";
    private const string RequestIdKey = "$rid", VersionKey = "$version", OperationIdKey = "operationId", RetryAfterKey = "retry-after";
    private static readonly HubTopic Unknown = new(HubTopicKind.Unknown, "", "", 0, new Dictionary<string, string?>());

    /// <summary>Ties an answer to its question; opaque. Empty when there is none.</summary>
    public string RequestId => Properties.GetValueOrDefault(RequestIdKey) ?? "";

    /// <summary>Of the twin section that changed; 0 when it is not said.</summary>
    public long Version => long.TryParse(Properties.GetValueOrDefault(VersionKey), CultureInfo.InvariantCulture, out var version) ? version : 0;

    /// <summary>ProvisioningStatus: which registration is asked for. Empty when it is not said.</summary>
    public string OperationId => Properties.GetValueOrDefault(OperationIdKey) ?? "";

    /// <summary>ProvisioningResponse: seconds to wait before asking again; 0 when it is not said.</summary>
    public int RetryAfter => int.TryParse(Properties.GetValueOrDefault(RetryAfterKey), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    public static string DeviceBoundFilter(string deviceId) => $"devices/{deviceId}/messages/devicebound/#";

    public static string DeviceBound(string deviceId, string bag) => $"devices/{deviceId}/messages/devicebound/{bag}";

    public static string Telemetry(string deviceId, string bag) => $"devices/{deviceId}/messages/events/{bag}";

    public static string TwinGet(string requestId) => $"{TwinGetPrefix}?{RequestIdKey}={requestId}";

    public static string TwinReport(string requestId) => $"{TwinReportPrefix}?{RequestIdKey}={requestId}";

    public static string TwinDesired(long version) => string.Create(CultureInfo.InvariantCulture, $"{TwinDesiredPrefix}?{VersionKey}={version}");

    public static string TwinResponse(int status, string requestId, long? version = null) => version is null
        ? string.Create(CultureInfo.InvariantCulture, $"{TwinResponsePrefix}{status}/?{RequestIdKey}={requestId}")
        : string.Create(CultureInfo.InvariantCulture, $"{TwinResponsePrefix}{status}/?{RequestIdKey}={requestId}&{VersionKey}={version}");

    public static string MethodRequest(string method, string requestId) => $"{MethodRequestPrefix}{method}/?{RequestIdKey}={requestId}";

    public static string MethodResponse(int status, string requestId) =>
        string.Create(CultureInfo.InvariantCulture, $"{MethodResponsePrefix}{status}/?{RequestIdKey}={requestId}");

    public static string ProvisioningRegister(string requestId) => $"{ProvisioningRegisterPrefix}?{RequestIdKey}={requestId}";

    public static string ProvisioningStatus(string requestId, string operationId) =>
        $"{ProvisioningStatusPrefix}?{RequestIdKey}={requestId}&{OperationIdKey}={Uri.EscapeDataString(operationId)}";

    /// <param name="retryAfter">Seconds; null where there is nothing to ask again.</param>
    public static string ProvisioningResponse(int status, string requestId, int? retryAfter = null)
    {
        var topic = string.Create(CultureInfo.InvariantCulture, $"{ProvisioningResponsePrefix}{status}/?{RequestIdKey}={requestId}");
        return retryAfter is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{topic}&{RetryAfterKey}={seconds}") : topic;
    }

    /// <summary>Anything that is not a topic of the protocol is Unknown, never an error.</summary>
    public static HubTopic Parse(string topic) => topic switch
    {
        _ when After(topic, TwinResponsePrefix) is { } rest => WithStatus(HubTopicKind.TwinResponse, rest),
        _ when After(topic, TwinDesiredPrefix) is { } rest => new(HubTopicKind.TwinDesired, "", "", 0, PropertyBag.Decode(rest)),
        _ when After(topic, MethodRequestPrefix) is { } rest => WithName(HubTopicKind.MethodRequest, rest),
        _ when After(topic, MethodResponsePrefix) is { } rest => WithStatus(HubTopicKind.MethodResponse, rest),
        _ when After(topic, TwinReportPrefix) is { } rest => new(HubTopicKind.TwinReport, "", "", 0, PropertyBag.Decode(rest)),
        _ when After(topic, TwinGetPrefix) is { } rest => new(HubTopicKind.TwinGet, "", "", 0, PropertyBag.Decode(rest)),
        _ when After(topic, ProvisioningResponsePrefix) is { } rest => WithStatus(HubTopicKind.ProvisioningResponse, rest),
        _ when After(topic, ProvisioningRegisterPrefix) is { } rest => new(HubTopicKind.ProvisioningRegister, "", "", 0, PropertyBag.Decode(rest)),
        _ when After(topic, ProvisioningStatusPrefix) is { } rest => new(HubTopicKind.ProvisioningStatus, "", "", 0, PropertyBag.Decode(rest)),
        _ when After(topic, "devices/") is { } rest => OfDevice(rest),
        _ => Unknown,
    };

    private static string? After(string topic, string prefix) => topic.StartsWith(prefix, StringComparison.Ordinal) ? topic[prefix.Length..] : null;

    private static HubTopic OfDevice(string rest)
    {
        var (id, tail) = CutAtSlash(rest);
        if (After(tail, "/modules/") is { } ofModule)
        {
            (var module, tail) = CutAtSlash(ofModule);
            id = $"{id}/{module}";
        }

        if (After(tail, "/messages/events/") is { } events)
        {
            return new(HubTopicKind.Telemetry, id, "", 0, PropertyBag.Decode(events));
        }

        return After(tail, "/messages/devicebound/") is { } bound ? new(HubTopicKind.DeviceBound, id, "", 0, PropertyBag.Decode(bound)) : Unknown;
    }

    private static (string Name, string Tail) CutAtSlash(string text) => text.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? (text[..slash], text[slash..]) : (text, "");

    private static HubTopic WithStatus(HubTopicKind kind, string rest) =>
        WithName(kind, rest) is var named && int.TryParse(named.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? named with { Name = "", Status = status } : Unknown;

    private static HubTopic WithName(HubTopicKind kind, string rest)
    {
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash <= 0 ? Unknown : new(kind, "", rest[..slash], 0, PropertyBag.Decode(rest[(slash + 1)..]));
    }
}
