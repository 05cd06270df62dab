namespace EdgeVision.Hub;

/// <summary>Where a device's hub is and how the device proves who it is: <c>HostName=hub.example[:8883];DeviceId=cam-1;SharedAccessKey=base64</c>.</summary>
/// <remarks>Immutable, any thread. <see cref="ToString"/> hides the key, because this object ends up in logs.</remarks>
public sealed record HubConnectionString
{
    public const int DefaultPort = 8883;

    private HubConnectionString(string host, int port, string deviceId, string key) => (Host, Port, DeviceId, SharedAccessKey) = (host, port, deviceId, key);

    /// <summary>Name of the hub without port: what its certificate must be made out to.</summary>
    public string Host { get; }

    /// <summary>MQTT over TLS. Azure's is always 8883; a hub on a site may use another, written behind the host name.</summary>
    public int Port { get; }

    /// <summary>1 to 128 of A-Z a-z 0-9 . _ : -, case-sensitive.</summary>
    public string DeviceId { get; }

    /// <summary>Base64. Never logged.</summary>
    public string SharedAccessKey { get; }

    /// <summary>The hub as it stands in user names and SAS resources: the host, and the port where it is not 8883.</summary>
    public string HostName => Port == DefaultPort ? Host : $"{Host}:{Port}";

    /// <param name="text">Keys in any order and case, separated by semicolons.</param>
    /// <exception cref="HubException">A part is missing or cannot be used; the message says which, and never shows the key.</exception>
    public static HubConnectionString Parse(string text)
    {
        var parts = Split(text);
        var (host, port) = SplitHost(Part(parts, "HostName"));
        var deviceId = Part(parts, "DeviceId");
        if (!DeviceIds.IsValid(deviceId))
        {
            throw new HubException($"The connection string's DeviceId '{deviceId}' is no device id: use 1 to 128 of A-Z a-z 0-9 . _ : -");
        }

        return new HubConnectionString(host, port, deviceId, RequireBase64(Part(parts, "SharedAccessKey")));
    }

    /// <summary>The text a device is configured with; holds the key.</summary>
    public static string Format(string hostName, string deviceId, string sharedAccessKey) => $"HostName={hostName};DeviceId={deviceId};SharedAccessKey={sharedAccessKey}";

    public override string ToString() => Format(HostName, DeviceId, "***");

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
        : throw new HubException($"The connection string has no {name}. It reads HostName=...;DeviceId=...;SharedAccessKey=... as the hub gave it when the device was enrolled.");

    private static (string Host, int Port) SplitHost(string hostName)
    {
        var colon = hostName.LastIndexOf(':');
        if (colon < 0)
        {
            return (hostName, DefaultPort);
        }

        return int.TryParse(hostName.AsSpan(colon + 1), out var port) && port is > 0 and < 65536
            ? (hostName[..colon], port)
            : throw new HubException($"The connection string's HostName '{hostName}' ends in no port: write host or host:8883.");
    }

    private static string RequireBase64(string key) => Convert.TryFromBase64String(key, new byte[key.Length], out _)
        ? key
        : throw new HubException("The connection string's SharedAccessKey is not base64: copy it again, whole.");
}
