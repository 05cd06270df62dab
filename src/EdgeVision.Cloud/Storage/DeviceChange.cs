namespace EdgeVision.Cloud.Storage;

/// <summary>What shall be different about a device; null leaves as it is, or for a new one to the hub.</summary>
internal sealed record DeviceChange(bool? Enabled = null, string? PrimaryKey = null, string? SecondaryKey = null)
{
    /// <summary>Both keys anew, or the one that is named: primary or secondary.</summary>
    public static DeviceChange FreshKeys(string? which) => new(
        PrimaryKey: which == "secondary" ? null : DataDirectory.NewKey(), SecondaryKey: which == "primary" ? null : DataDirectory.NewKey());

    public Device ApplyTo(Device device) => device with
    {
        Enabled = Enabled ?? device.Enabled, PrimaryKey = PrimaryKey ?? device.PrimaryKey, SecondaryKey = SecondaryKey ?? device.SecondaryKey,
    };
}
