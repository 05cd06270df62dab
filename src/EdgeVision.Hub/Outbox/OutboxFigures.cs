namespace EdgeVision.Hub;

/// <summary>The outbox in numbers; a snapshot.</summary>
/// <param name="State">Where messages wait now.</param>
/// <param name="Detail">Why it is degraded; else empty.</param>
/// <param name="Waiting">Messages that the cloud has not taken.</param>
/// <param name="OldestSeconds">Age of the oldest of them by the device's clock; 0 when none waits.</param>
/// <param name="DiskBytes">Database and log together.</param>
/// <param name="MemoryBytes">Of messages in memory.</param>
/// <param name="Dropped">Messages given up since the start.</param>
/// <param name="Oversize">Messages refused because no hub would take them.</param>
/// <param name="BytesWritten">What was handed to the disk since the start: flash wears out by it.</param>
public sealed record OutboxFigures(StorageState State, string Detail, int Waiting, double OldestSeconds, long DiskBytes, long MemoryBytes, long Dropped, long Oversize, long BytesWritten)
{
    /// <summary>Nothing waits, and nothing ever did.</summary>
    public static OutboxFigures Empty { get; } = new(StorageState.Memory, "", 0, 0, 0, 0, 0, 0, 0);
}
