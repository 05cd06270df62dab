namespace EdgeVision.Cloud;

/// <summary>A lock between processes, held through an open file, so that a killed process leaves none behind.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <returns>Null when another process holds it.</returns>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <exception cref="IOException">Not free in time.</exception>
    public static FileLock Wait(string path, TimeSpan patience)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var never = new ManualResetEventSlim();
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (TimeProvider.System.GetElapsedTime(started) > patience)
            {
                throw new IOException($"{path} is held by another process");
            }

            never.Wait(20);
        }
    }

    /// <summary>Whether another process holds it; does not disturb one that wants it beyond a moment.</summary>
    public static bool IsHeld(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var taken = TryTake(path);
        return taken is null;
    }

    public void Dispose() => _file.Dispose();
}
