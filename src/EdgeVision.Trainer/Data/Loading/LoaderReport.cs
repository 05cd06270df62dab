namespace EdgeVision.Trainer;

/// <summary>How fast pictures come.</summary>
/// <param name="Pictures">Given out so far.</param>
/// <param name="Seconds">That workers spent on them, all workers together.</param>
/// <param name="WaitedSeconds">That the training waited for a batch: near 0 when the loader keeps up.</param>
/// <param name="CachedBytes">Memory that decoded pictures take.</param>
internal sealed record LoaderReport(long Pictures, double Seconds, double WaitedSeconds, long CachedBytes)
{
    /// <summary>That one worker makes.</summary>
    public double PicturesPerSecond => Seconds > 0 ? Pictures / Seconds : 0;
}
