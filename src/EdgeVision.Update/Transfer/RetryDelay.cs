namespace EdgeVision.Update;

/// <summary>How long to wait before the next attempt: full jitter under a ceiling that doubles, or what the server asked for, within its cap.</summary>
/// <remarks>Example, first 1 s and maximum 300 s: the ceilings are 1, 2, 4, ... 256, 300, 300 s. One download owns one; not shared.</remarks>
internal sealed class RetryDelay(UpdateOptions options)
{
    /// <summary>Attempts in a row that brought nothing.</summary>
    public int Fruitless { get; private set; }

    public bool Exhausted => Fruitless > options.MaxFruitlessAttempts;

    /// <param name="advanced">The attempt brought bytes: the count begins anew.</param>
    public void Count(bool advanced) => Fruitless = advanced ? 0 : Fruitless + 1;

    /// <param name="asked">The server's Retry-After.</param>
    /// <param name="random">0 to 1.</param>
    public TimeSpan Next(TimeSpan? asked, double random)
    {
        if (asked is { } wait)
        {
            return TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, options.MaxRetryAfter.Ticks));
        }

        var ceiling = options.FirstBackoff.TotalSeconds * Math.Pow(2, Math.Clamp(Fruitless - 1, 0, 30));
        return TimeSpan.FromSeconds(Math.Min(options.MaxBackoff.TotalSeconds, ceiling) * random);
    }

#pragma warning disable CA5394 // spreads a fleet's requests over time; nothing secret hangs on it
    /// <summary>0 to 1.</summary>
    public static double Jitter() => Random.Shared.NextDouble();
#pragma warning restore CA5394
}
