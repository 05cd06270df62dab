namespace EdgeVision.Cloud.Storage;

/// <summary>What came of a patch.</summary>
internal enum TwinPatchOutcome
{
    Applied,

    /// <summary>No device of that name.</summary>
    NoSuchDevice,

    /// <summary>A key, value or depth that a twin may not have.</summary>
    BadPatch,

    /// <summary>The section would be over 32 KB.</summary>
    TooLarge,

    /// <summary>The twin changed since the caller read it (If-Match).</summary>
    Changed,
}
