using System.Globalization;

namespace EdgeVision.Hub;

/// <summary>Where a device's hub is and how the device proves who it is: <c>HostName=hub.example[:8883];DeviceId=cam-1;SharedAccessKey=base64</c>, or <c>x509=true</c> in place of the key.</summary>
/// <remarks>
/// <c>GatewayHostName=...</c> is connected to in place of the hub, and <c>HttpsPort=...</c> names the port of a site's own hub for WebSocket and files where it is not 443.
/// Immutable, any thread. <see cref="ToString"/> hides the key, because this object ends up in logs.
/// </remarks>
public sealed record HubConnectionString
{
    public const int DefaultPort = HubEndpoint.DefaultMqttPort;

    private readonly HubEndpoint _hub;

    private HubConnectionString(HubEndpoint hub, HubEndpoint? gateway, string deviceId, string key) =>
        (_hub, Endpoint, DeviceId, SharedAccessKey) = (hub, gateway ?? hub, deviceId, key);

    /// <summary>What is connected to: the hub, or the gateway before it.</summary>
    public HubEndpoint Endpoint { get; }

    /// <summary>1 to 128 of A-Z a-z 0-9 . _ : -, case-sensitive.</summary>
    public string DeviceId { get; }

    /// <summary>Base64; empty where a certificate speaks for the device. Never logged.</summary>
    public string SharedAccessKey { get; }

    /// <summary>Name of the hub without port.</summary>
    public string Host => _hub.Host;

    /// <summary>MQTT over TLS. Azure's is always 8883; a hub on a site may use another, written behind the host name.</summary>
    public int Port => _hub.MqttPort;

    /// <summary>The hub as it stands in user names and SAS resources: the host, and the port where it is not 8883.</summary>
    public string HostName => _hub.ToString();

    /// <summary>What a SAS token of this device is made out to.</summary>
    public string Resource => $"{HostName}/devices/{DeviceId}";

    /// <param name="text">Keys in any order and case, separated by semicolons.</param>
    /// <exception cref="HubException">A part is missing or cannot be used; the message says which, and never shows the key.</exception>
    public static HubConnectionString Parse(string text)
    {
        var parts = Split(text);
        var httpsPort = HttpsPortOf(parts);
        var gateway = parts.GetValueOrDefault("GatewayHostName") is { Length: > 0 } name ? EndpointOf("GatewayHostName", name, httpsPort) : null;
        return new HubConnectionString(EndpointOf("HostName", Part(parts, "HostName"), httpsPort), gateway, RequireId(Part(parts, "DeviceId")), KeyOf(parts));
    }

    /// <summary>A device whose hub the provisioning service names.</summary>
    /// <param name="deviceId">As the service gave it.</param>
    /// <param name="sharedAccessKey">Empty where a certificate speaks for the device.</param>
    /// <exception cref="HubException">The device id cannot be used.</exception>
    public static HubConnectionString Of(HubEndpoint hub, string deviceId, string sharedAccessKey) => new(hub, null, RequireId(deviceId), sharedAccessKey);

    /// <summary>The text a device is configured with; holds the key.</summary>
    public static string Format(string hostName, string deviceId, string sharedAccessKey, int httpsPort = HubEndpoint.DefaultHttpsPort) =>
        $"HostName={hostName};DeviceId={deviceId};SharedAccessKey={sharedAccessKey}{Suffix(httpsPort)}";

    public override string ToString() => Format(HostName, DeviceId, "***", Endpoint.HttpsPort);

    private static string Suffix(int httpsPort) => httpsPort == HubEndpoint.DefaultHttpsPort ? "" : string.Create(CultureInfo.InvariantCulture, $";HttpsPort={httpsPort}");

    private static Dictionary<string, string> Split(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parts[part[..equals].Trim()] = part[(equals + 1)..].Trim();
            }
        }

        return parts;
    }

    private static string Part(Dictionary<string, string> parts, string name) => parts.TryGetValue(name, out var value) && value.Length > 0
        ? value
        : throw new HubException($"The connection string has no {name}. It reads HostName=...;DeviceId=...;SharedAccessKey=... (or x509=true) as the hub gave it when the device was enrolled.");

    private static HubEndpoint EndpointOf(string part, string hostName, int httpsPort) => HubEndpoint.TryParse(hostName, httpsPort)
        ?? throw new HubException($"The connection string's {part} '{hostName}' is no host name with or without port: write host or host:8883.");

    private static int HttpsPortOf(Dictionary<string, string> parts)
    {
        var text = parts.GetValueOrDefault("HttpsPort") ?? "443";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new HubException($"The connection string's HttpsPort '{text}' is no port: write 1 to 65535, or leave it out for 443.");
    }

    private static string RequireId(string deviceId) => DeviceIds.IsValid(deviceId)
        ? deviceId
        : throw new HubException($"The connection string's DeviceId '{deviceId}' is no device id: use 1 to 128 of A-Z a-z 0-9 . _ : -");

    private static string KeyOf(Dictionary<string, string> parts)
    {
        if (string.Equals(parts.GetValueOrDefault("x509"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return "";
        }

        var key = Part(parts, "SharedAccessKey");
        return Convert.TryFromBase64String(key, new byte[key.Length], out _) ? key : throw new HubException("The connection string's SharedAccessKey is not base64: copy it again, whole.");
    }
}
