namespace EdgeVision.Capture;

/// <summary>How long to wait before a source is opened again: full jitter under a ceiling that doubles from half a second.</summary>
/// <remarks>
/// While the camera is simply not there (refused, no answer, no name, closed), the ceiling stays at 4 s: such an attempt costs one packet,
/// and a camera that comes back must be seen again within 10 s (4 s wait, at most 5 s of an attempt begun too early, then the first picture).
/// Everything else goes up to the cap: a camera locks the account after many wrong passwords, and a silent encoder needs its time.
/// A new reason begins at the bottom again, because then something has changed at the other end.
/// </remarks>
internal sealed class Backoff(double maxSeconds)
{
    private const double FirstSeconds = 0.5, NotThereSeconds = 4;
    private CaptureFailure _last;
    private int _attempts;

    public void Reset() => _attempts = 0;

    /// <param name="failure">Why the last attempt failed.</param>
    /// <param name="random">0 to 1.</param>
    public TimeSpan Next(CaptureFailure failure, double random)
    {
        _attempts = failure == _last ? _attempts + 1 : 1;
        _last = failure;
        var ceiling = FirstSeconds * Math.Pow(2, Math.Min(_attempts - 1, 16));
        return TimeSpan.FromSeconds(Math.Min(Cap(failure), ceiling) * random);
    }

    private double Cap(CaptureFailure failure) => failure is CaptureFailure.Refused or CaptureFailure.TimedOut or CaptureFailure.NameNotFound or CaptureFailure.Closed
        ? Math.Min(NotThereSeconds, maxSeconds)
        : maxSeconds;
}
