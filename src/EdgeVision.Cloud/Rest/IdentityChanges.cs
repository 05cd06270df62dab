using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Rest;

/// <summary>Changes what a device or module proves itself with.</summary>
internal sealed class IdentityChanges(DeviceRegistry devices, DeviceConnections connections)
{
    /// <summary>Whoever is connected with what counts no more must prove itself anew.</summary>
    /// <param name="known">As it is.</param>
    /// <param name="credentials">As it shall be; null for no change.</param>
    public async Task ReplaceAsync(Device known, DeviceCredentials? credentials)
    {
        if (credentials is not null && known.Credentials != credentials)
        {
            devices.SetCredentials(known.Id, credentials);
            await connections.CloseAsync(known.Id);
        }
    }
}
