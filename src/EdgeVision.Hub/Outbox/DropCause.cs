namespace EdgeVision.Hub;

/// <summary>Why messages were given up.</summary>
public enum DropCause
{
    /// <summary>They had waited longer than they are worth.</summary>
    Expired,

    /// <summary>The space on the disk was used up.</summary>
    Disk,

    /// <summary>The space in memory was used up, while the disk took nothing or there is none.</summary>
    Memory,

    /// <summary>The disk lost them.</summary>
    Damaged,
}
