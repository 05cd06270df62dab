namespace EdgeVision.Update;

/// <summary>Holds a download to a rate: bytes are paid after they came, and the next ones wait until the debt is gone.</summary>
/// <remarks>
/// In: kilobits (1000 bits) a second, 0 = no limit. Example, 800 kbps: 100 000 bytes a second; 10 MB take 100 s. A quarter of a second's bytes can be saved up, so that a pause is no
/// licence for a burst. One reader at a time; the rate may change between two payments.
/// </remarks>
public sealed class TokenBucket(TimeProvider time)
{
    private const double BytesPerKilobit = 125, Saved = 0.25;
    private long _since = time.GetTimestamp();
    private double _bytes;

    public ValueTask PayAsync(int bytes, int kbps, CancellationToken cancellationToken)
    {
        if (kbps <= 0)
        {
            return ValueTask.CompletedTask;
        }

        var rate = kbps * BytesPerKilobit;
        var now = time.GetTimestamp();
        _bytes = Math.Min(rate * Saved, _bytes + (rate * time.GetElapsedTime(_since, now).TotalSeconds)) - bytes;
        _since = now;
        return _bytes >= 0 ? ValueTask.CompletedTask : new ValueTask(Task.Delay(TimeSpan.FromSeconds(-_bytes / rate), time, cancellationToken));
    }
}
