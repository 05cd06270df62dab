namespace EdgeVision.Hub;

/// <summary>Notices that two devices have the same identity: each throws the other out, and MQTT 3.1.1 tells neither.</summary>
/// <remarks>
/// What it looks like: the hub accepts, and closes in good order a connection that was young, three times within ten minutes. A hub that is restarted closes once; a bad link
/// does not end in good order. Once suspected it stays so until ten minutes pass without. Not thread-safe.
/// </remarks>
internal sealed class TakeoverWatch(TimeProvider time)
{
    private const int Enough = 3;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10), Young = TimeSpan.FromMinutes(5);
    private readonly Queue<long> _seen = new();

    /// <returns>Whether another device is at work.</returns>
    public bool Ended(bool inOrder, TimeSpan connectedFor)
    {
        if (inOrder && connectedFor < Young)
        {
            _seen.Enqueue(time.GetTimestamp());
        }

        while (_seen.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > Window)
        {
            _seen.Dequeue();
        }

        return _seen.Count >= Enough;
    }
}
