using Xunit;

namespace EdgeVision.Testing;

/// <summary>Waits for what happens in another thread or process, with a deadline.</summary>
public static class Eventually
{
    public static void True(Func<bool> condition, TimeSpan deadline, Func<string>? otherwise = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > deadline)
            {
                Assert.Fail($"not within {deadline.TotalSeconds} s. {otherwise?.Invoke()}");
            }

            Thread.Sleep(50);
        }
    }
}
