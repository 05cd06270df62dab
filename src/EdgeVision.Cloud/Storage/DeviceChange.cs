namespace EdgeVision.Cloud.Storage;

/// <summary>What shall be different about a device.</summary>
/// <param name="Enabled">Null leaves as it is.</param>
/// <param name="Credentials">Null leaves as they are; a new device gets fresh keys.</param>
/// <param name="FreshKeys">Which symmetric keys to make anew: primary, secondary, or empty for both; null for none.</param>
internal sealed record DeviceChange(bool? Enabled = null, DeviceCredentials? Credentials = null, string? FreshKeys = null)
{
    public Device ApplyTo(Device device)
    {
        var credentials = Credentials ?? device.Credentials;
        if (FreshKeys is not null && credentials.Type == DeviceAuthentication.Sas)
        {
            credentials = DeviceCredentials.Keys(
                FreshKeys == "secondary" ? credentials.PrimaryKey : DataDirectory.NewKey(), FreshKeys == "primary" ? credentials.SecondaryKey : DataDirectory.NewKey());
        }

        return device with { Enabled = Enabled ?? device.Enabled, Credentials = credentials };
    }
}
