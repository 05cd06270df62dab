namespace EdgeVision.Hub;

/// <summary>What Home Assistant is told of this device (MQTT discovery).</summary>
public sealed record HomeAssistantOptions
{
    /// <summary>Home Assistant's discovery prefix. Default homeassistant.</summary>
    public string Prefix { get; init; } = "homeassistant";

    /// <summary>Labels of the model that get a sensor of their own at each camera. Default none: then they are attributes of one sensor.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Version of the device's software.</summary>
    public string SoftwareVersion { get; init; } = "";
}
