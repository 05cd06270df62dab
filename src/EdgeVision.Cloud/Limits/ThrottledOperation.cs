namespace EdgeVision.Cloud.Limits;

/// <summary>What has a rate.</summary>
internal enum ThrottledOperation
{
    Connect,
    Send,
    DeviceMessage,
    TwinRead,
    TwinUpdate,

    /// <summary>Counted in bytes.</summary>
    Method,
}
