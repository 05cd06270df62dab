using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeVision.Agent;

/// <summary>One daemon for each state directory: two would take each other's models and messages apart.</summary>
/// <remarks>A flock(2) on <c>daemon.lock</c>, which ends with the process however it ends; the file holds the pid for people and stays.</remarks>
internal sealed partial class StateLock : IDisposable
{
    private const int Exclusive = 2, DoNotWait = 4;
    private readonly FileStream _file;

    private StateLock(FileStream file) => _file = file;

    /// <exception cref="IOException">Another daemon holds it, or the directory cannot be written.</exception>
    public static StateLock Take(string directory)
    {
        Directory.CreateDirectory(directory);
        // shared for reading and writing, so that .NET takes no lock of its own and the loser can read the pid
        var file = new FileStream(Path.Combine(directory, "daemon.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (Flock(file.SafeFileHandle, Exclusive | DoNotWait) != 0)
        {
            using (file)
            {
                var pid = new StreamReader(file).ReadToEnd().Trim();
                throw new IOException($"{directory} is in use by another edgevisiond{(pid.Length > 0 ? $" (pid {pid})" : "")}: stop that one, or give this one its own device.state_directory.");
            }
        }

        file.SetLength(0);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        file.Flush();
        return new StateLock(file);
    }

    public void Dispose() => _file.Dispose();

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);
}
