namespace EdgeVision.Packaging.Repository;

/// <summary>Lets one process at a time change a repository; held through an open file, so that a killed process leaves none behind. Readers need none.</summary>
internal static class RepositoryLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <exception cref="RepositoryException">Another process holds it for longer than it should, or the folder cannot be written.</exception>
    public static IDisposable Take(string directory)
    {
        var path = Path.Combine(directory, "repository.lock");
        var started = TimeProvider.System.GetTimestamp();
        using var never = new ManualResetEventSlim();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception exception) when (exception is UnauthorizedAccessException or DirectoryNotFoundException || TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new RepositoryException($"{path} cannot be locked: {exception.Message} Another command may be at work on this repository, or this user may not write it.", exception);
            }
            catch (IOException)
            {
                never.Wait(20);
            }
        }
    }
}
