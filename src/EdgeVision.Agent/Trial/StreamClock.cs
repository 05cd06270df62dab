namespace EdgeVision.Agent;

/// <summary>Time that frames came in: it stands still while the cameras give none, so that nobody passes or fails for a cable that was pulled out.</summary>
/// <remarks>Example: frames for 10 s, none for an hour, frames for 5 s, with a longest pause of 10 s: 25 s. One thread.</remarks>
internal sealed class StreamClock(TimeSpan longestPause, TimeProvider time)
{
    private long _last = time.GetTimestamp();

    public TimeSpan Elapsed { get; private set; }

    /// <param name="lastFrame">Timestamp of the last frame; 0 = none yet.</param>
    /// <returns>Whether time passed.</returns>
    public bool Advance(long lastFrame)
    {
        var now = time.GetTimestamp();
        var isRunning = lastFrame > 0 && time.GetElapsedTime(lastFrame, now) <= longestPause;
        Elapsed += isRunning ? time.GetElapsedTime(_last, now) : TimeSpan.Zero;
        _last = now;
        return isRunning;
    }
}
