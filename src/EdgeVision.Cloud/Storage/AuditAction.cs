namespace EdgeVision.Cloud.Storage;

/// <summary>What can be done that is worth remembering.</summary>
internal static class AuditAction
{
    public const string DeviceAdded = "device.added", DeviceUpdated = "device.updated", DeviceRemoved = "device.removed", TwinUpdated = "twin.updated",
        KeyAdded = "key.added", KeyRemoved = "key.removed", ForwardAdded = "forward.added", ForwardRemoved = "forward.removed", ForwardResumed = "forward.resumed";
}
