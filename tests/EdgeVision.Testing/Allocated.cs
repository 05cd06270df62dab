namespace EdgeVision.Testing;

/// <summary>Managed bytes that a steady state allocates on the calling thread.</summary>
public static class Allocated
{
    /// <summary>The least of five rounds, because the runtime makes its compiler thread, once, on whichever thread first needs it; what a frame allocates shows in every round.</summary>
    /// <param name="times">How often the action is done in one round.</param>
    /// <param name="action">Warm already.</param>
    public static long Bytes(int times, Action action)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < times; i++)
            {
                action();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
