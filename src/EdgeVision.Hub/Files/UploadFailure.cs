namespace EdgeVision.Hub;

/// <summary>Why a file did not get to the cloud. Shown to operators, so every member is something they can act on.</summary>
public enum UploadFailure
{
    None,

    /// <summary>No hub is known yet, or this device's certificate cannot be used.</summary>
    NotReady,

    /// <summary>The name is no blob's name.</summary>
    Name,

    /// <summary>Hub or store could not be reached, over and over.</summary>
    Unreachable,

    /// <summary>The hub refused the device (401, 403).</summary>
    Unauthorized,

    /// <summary>The hub has no store for files, or did not take the request (400, 404).</summary>
    Refused,

    /// <summary>Too many at once (429, or ten uploads under way).</summary>
    Throttled,

    /// <summary>The store did not take the file, or hub and store kept failing (5xx).</summary>
    Store,
}
