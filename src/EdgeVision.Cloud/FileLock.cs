namespace EdgeVision.Cloud;

/// <summary>A lock between processes, held through an open file, so that a killed process leaves none behind.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <returns>Null when another process holds it.</returns>
    public static FileLock? TryTake(string path) => TryOpen(path, FileAccess.ReadWrite, FileShare.None);

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

    /// <summary>Whether another process holds it. Those who only look share it, so that they do not take each other for its holder.</summary>
    public static bool IsHeld(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var shared = TryOpen(path, FileAccess.Read, FileShare.Read);
        return shared is null;
    }

    public void Dispose() => _file.Dispose();

    private static FileLock? TryOpen(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, access, share));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
