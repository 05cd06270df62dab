namespace EdgeVision.Hub;

/// <summary>What the provisioning service decided.</summary>
/// <param name="Hub">Host name, with MQTT's port where it is not 8883.</param>
/// <param name="DeviceId">The device's name at that hub; mostly its registration id.</param>
internal sealed record HubAssignment(string Hub, string DeviceId);
