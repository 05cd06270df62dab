namespace EdgeVision.Hub;

/// <summary>How a device finds its hub through the Device Provisioning Service, or a site's own hub that speaks the same.</summary>
public sealed record ProvisioningOptions
{
    /// <summary>Which service instance, as its overview page shows it: <c>0ne000A1B2C</c>.</summary>
    public required string IdScope { get; init; }

    /// <summary>The device's name at the service; with a certificate its common name.</summary>
    public required string RegistrationId { get; init; }

    /// <summary>Base64: an individual enrollment's key, or the one derived from a group's (<see cref="GroupEnrollment.DeriveDeviceKey"/>). The hub takes the same. Null = the certificate. Never logged.</summary>
    public string? Key { get; init; }

    /// <summary>Where the service is. Azure's is the default.</summary>
    public HubEndpoint Endpoint { get; init; } = new("global.azure-devices-provisioning.net", HubEndpoint.DefaultMqttPort, HubEndpoint.DefaultHttpsPort);

    /// <summary>Folder for the file with the assignment, so that the service is not asked at each start.</summary>
    public required string StateDirectory { get; init; }

    /// <exception cref="HubException">It is not base64; the message names the file, never the key.</exception>
    public static string RequireKey(string key, string file) => key.Length > 0 && Convert.TryFromBase64String(key, new byte[key.Length], out _)
        ? key
        : throw new HubException($"{file}: holds no base64 key: copy the device's key again, whole.");
}
