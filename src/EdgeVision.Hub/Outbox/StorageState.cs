namespace EdgeVision.Hub;

/// <summary>Where messages wait now.</summary>
public enum StorageState
{
    /// <summary>In memory, as configured.</summary>
    Memory,

    /// <summary>On the disk when they have to.</summary>
    Ok,

    /// <summary>In memory, because the disk does not take them; it is tried again.</summary>
    Degraded,
}
