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

    /// <summary>Making, reading, listing, changing and removing devices and modules.</summary>
    Identity,
    Query,

    /// <summary>The first of its three steps; the others cost nothing.</summary>
    FileUpload,
}
