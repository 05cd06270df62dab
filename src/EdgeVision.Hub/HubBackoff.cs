namespace EdgeVision.Hub;

/// <summary>How long to wait before the next attempt: full jitter under a ceiling that doubles from one second.</summary>
/// <remarks>
/// Ceiling 60 s for the network and 10 min for a hub that refuses the device, because a refusal changes only when a person acts, and a fleet that was disabled
/// by mistake must not hammer. After a connection that held for a minute it begins again: at once, within two seconds of jitter.
/// </remarks>
internal sealed class HubBackoff
{
    private const double NetworkSeconds = 60, RefusedSeconds = 600;
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(1), ClockLook = TimeSpan.FromSeconds(2);
    private int _failures;

    public void Held(TimeSpan connectedFor)
    {
        if (connectedFor >= Steady)
        {
            _failures = 0;
        }
    }

    /// <param name="failure">How the last attempt ended.</param>
    /// <param name="random">0 to 1.</param>
    public TimeSpan Next(HubFailure failure, double random)
    {
        if (failure == HubFailure.ClockUnset)
        {
            return ClockLook; // no attempt was made, so there is nobody to spare
        }

        var cap = failure == HubFailure.Unauthorized ? RefusedSeconds : NetworkSeconds;
        var ceiling = Math.Min(cap, Math.Pow(2, Math.Min(_failures++, 16)));
        // Never less than a tenth of a second: a hub that closes at once must not be met in a hot loop.
        return TimeSpan.FromSeconds(Math.Max(0.1, ceiling * random));
    }
}
