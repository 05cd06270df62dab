namespace EdgeVision.Cloud.Limits;

/// <summary>What a hub of Azure's allows per second, so that a fleet can be tried against it before it is paid for.</summary>
/// <remarks>
/// Source: learn.microsoft.com/azure/iot-hub/iot-hub-devguide-quotas-throttling and the pricing page. Example: S1 with 10 units takes max(100, 12 x 10) = 120 messages per second
/// and 4 million blocks of 4 KB per day.
/// </remarks>
/// <param name="Connections">New ones.</param>
/// <param name="Sends">Telemetry.</param>
/// <param name="DeviceMessages">Cloud to device.</param>
/// <param name="TwinReads">By devices.</param>
/// <param name="TwinUpdates">By devices.</param>
/// <param name="MethodBytes">Requests, in blocks of 4 KB.</param>
/// <param name="IdentityOperations">On devices and modules: made, read, listed, changed, removed.</param>
/// <param name="Queries">By the service.</param>
/// <param name="FileUploads">Begun.</param>
/// <param name="BlocksPerDay">Telemetry, counted from midnight UTC.</param>
/// <param name="BlockBytes">Size of one.</param>
internal sealed record TierLimits(
    double Connections, double Sends, double DeviceMessages, double TwinReads, double TwinUpdates, double MethodBytes, double IdentityOperations, double Queries, double FileUploads,
    long BlocksPerDay, int BlockBytes)
{
    private const double Kilobyte = 1024, HundredAMinute = 1.67, ThousandsAMinute = 83.33, Minute = 60;

    /// <returns>Null for no such tier.</returns>
    public static TierLimits? Of(string tier, int units) => tier.ToUpperInvariant() switch
    {
        "F1" => Small(1) with { BlocksPerDay = 8_000, BlockBytes = 512 },
        "B1" or "S1" => Small(units),
        "S2" => Small(units) with
        {
            Connections = 120 * units, Sends = 120 * units, TwinReads = Math.Max(100, 10 * units), TwinUpdates = Math.Max(50, 5 * units), MethodBytes = 480 * Kilobyte * units,
            BlocksPerDay = 6_000_000L * units,
        },
        "S3" => new(
            6000 * units, 6000 * units, ThousandsAMinute * units, 500 * units, 250 * units, 24 * Kilobyte * Kilobyte * units, ThousandsAMinute * units, 1000 / Minute * units,
            ThousandsAMinute * units, 300_000_000L * units, 4096),
        _ => null,
    };

    private static TierLimits Small(int units) => new(
        Math.Max(100, 12 * units), Math.Max(100, 12 * units), HundredAMinute * units, 100, 50, 160 * Kilobyte * units, HundredAMinute * units, 20 / Minute * units,
        HundredAMinute * units, 400_000L * units, 4096);
}
