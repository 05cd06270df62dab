namespace EdgeVision.Update;

/// <summary>What a disk is asked for. Only <see cref="Sync"/> and <see cref="SyncDirectory"/> promise that anything survives a power cut.</summary>
internal enum DiskOperationKind
{
    CreateDirectory,

    /// <summary>Creates the file if it is not there.</summary>
    Truncate,
    Write,
    Rename,
    Delete,
    Sync,
    SyncDirectory,
}
