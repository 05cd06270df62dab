using System.Globalization;

namespace EdgeVision.Agent;

/// <summary>One daemon for each state directory: two would take each other's models and messages apart.</summary>
/// <remarks>
/// An open file that nobody else may open (flock(2)), which ends with the process however it ends. The pid stands beside it, because nobody can read a locked file.
/// Where nothing can be written (a full or read-only disk) there is nothing to spoil either, and the daemon goes on without.
/// </remarks>
internal sealed class StateLock : IDisposable
{
    private const string LockName = "daemon.lock";
    private const int WouldBlock = 11; // EAGAIN of flock(2)
    private readonly FileStream? _file;

    private StateLock(FileStream? file) => _file = file;

    /// <exception cref="IOException">Another daemon holds it.</exception>
    public static StateLock Take(string directory)
    {
        var pid = Path.Combine(directory, "daemon.pid");
        try
        {
            Directory.CreateDirectory(directory);
            var held = new StateLock(new FileStream(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            File.WriteAllText(pid, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return held;
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            throw new IOException(
                $"{directory} is in use by another edgevisiond{(File.Exists(pid) ? $" (pid {File.ReadAllText(pid)})" : "")}: stop that one, or give this one its own device.state_directory.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new StateLock(null);
        }
    }

    /// <summary>Whether a daemon runs on this state directory.</summary>
    public static bool IsHeld(string directory)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(directory, LockName), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException exception)
        {
            return exception.HResult == WouldBlock;
        }
    }

    public void Dispose() => _file?.Dispose();
}
