namespace EdgeVision.Hub;

/// <summary>When something is not worth sending any more, by the two clocks there are.</summary>
/// <remarks>
/// Within one start of the machine the kernel's clock decides, because the wall clock may begin at 1970 and step. After a restart only the wall clock is left: it decides when it
/// could be trusted then and can be now. Immutable, any thread.
/// </remarks>
/// <param name="Boot">Of which start of the machine <paramref name="Kernel"/> is.</param>
/// <param name="Kernel">Milliseconds since that start.</param>
/// <param name="Wall">Milliseconds since 1970; <see cref="long.MaxValue"/> where the wall clock could not be trusted.</param>
internal readonly record struct Expiry(long Boot, long Kernel, long Wall)
{
    public static Expiry Of(TelemetryMessage message, long boot, long stamp) => message.TimeToLive is not { } life
        ? new Expiry(boot, long.MaxValue, long.MaxValue)
        : new Expiry(boot, stamp + (long)life.TotalMilliseconds, message.Clock == TelemetryMessage.Unsynced ? long.MaxValue : (message.Created + life).ToUnixTimeMilliseconds());

    /// <summary>Over when both are; of one start of the machine.</summary>
    public Expiry Or(Expiry other) => new(Boot, Math.Max(Kernel, other.Kernel), Math.Max(Wall, other.Wall));

    /// <param name="kernel">The machine's clock.</param>
    /// <param name="wall">Milliseconds since 1970; null where the wall clock cannot be trusted.</param>
    public bool IsOver(KernelClock kernel, long? wall) => Boot == kernel.Boot ? kernel.Now > Kernel : wall > Wall;
}
