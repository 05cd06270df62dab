namespace EdgeVision.Cloud.Storage;

/// <summary>What came of a change of the registry.</summary>
internal enum RegistryOutcome
{
    Done,

    /// <summary>No device of that name.</summary>
    NoSuchDevice,

    /// <summary>A new one was wanted, and there is one.</summary>
    Exists,

    /// <summary>The device changed since the caller read it (If-Match).</summary>
    Changed,
}
