namespace EdgeVision.Hub;

/// <summary>How long to wait before the next attempt: full jitter under a ceiling that doubles from one second, and is two at least.</summary>
/// <remarks>
/// Ceiling 60 s for the network, and 10 min where only a person can help (a refusal, a wrong certificate, an identity that two devices share), because a fleet that was disabled
/// by mistake must not hammer. After a connection that held for a minute it begins again: a fleet that lost its hub is back within two seconds, spread over them.
/// Example: refused connections wait at most 2, 2, 4, 8, 16, 32, 60, 60 s. Not thread-safe.
/// </remarks>
internal sealed class HubBackoff
{
    private const double LeastCeiling = 2, NetworkSeconds = 60, PersonSeconds = 600;
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(1), ClockLook = TimeSpan.FromSeconds(2);
    private int _failures;

    /// <summary>Between the beginnings of any two attempts.</summary>
    public static TimeSpan LeastApart { get; } = TimeSpan.FromSeconds(1);

    /// <summary>A connection ended.</summary>
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

        var cap = failure is HubFailure.Unauthorized or HubFailure.DuplicateIdentity or HubFailure.DeviceCertificate or HubFailure.NotProvisioned ? PersonSeconds : NetworkSeconds;
        return TimeSpan.FromSeconds(random * Math.Clamp(Math.Pow(2, Math.Min(_failures++, 16)), LeastCeiling, cap));
    }
}
