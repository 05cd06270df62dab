namespace EdgeVision.Hub;

/// <summary>Why the provisioning service gave no hub.</summary>
internal enum ProvisioningFailure
{
    None,

    /// <summary>No connection, or no answer in time.</summary>
    Unreachable,

    /// <summary>Another key or certificate than the enrollment's (401).</summary>
    Unauthorized,

    /// <summary>No such scope or enrollment (404).</summary>
    NotFound,

    /// <summary>The enrollment is disabled.</summary>
    Disabled,

    /// <summary>The enrollment leads to no hub.</summary>
    Unassigned,

    /// <summary>The service tried to create the device at a hub, and failed.</summary>
    Failed,

    /// <summary>Too many devices at once (429).</summary>
    Throttled,

    /// <summary>The service is broken (5xx).</summary>
    Unavailable,

    /// <summary>It did not understand the request, or its answer cannot be understood.</summary>
    Protocol,
}
