namespace EdgeVision.Cloud.Storage;

/// <summary>Which half of a twin.</summary>
internal enum TwinSection
{
    /// <summary>Written by the service, read by the device.</summary>
    Desired,

    /// <summary>Written by the device, read by the service.</summary>
    Reported,
}
