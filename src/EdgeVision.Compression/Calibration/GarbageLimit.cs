namespace EdgeVision.Compression;

/// <summary>Has large objects collected as soon as they hold so much together.</summary>
/// <remarks>Because samples and copies of a model are large objects, which the collector lets lie until a budget of its own is full: some 50 MiB more than what is held.</remarks>
internal sealed class GarbageLimit(long bytes)
{
    private long _passed;

    /// <summary>Something of this size was let go.</summary>
    public void Passed(long length)
    {
        _passed += length;
        if (_passed >= bytes)
        {
            _passed = 0;
            GC.Collect();
        }
    }

    /// <summary>Copies of a model were let go: their room goes back to the system.</summary>
    public static void Release() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
