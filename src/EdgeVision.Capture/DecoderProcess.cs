using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;

namespace EdgeVision.Capture;

/// <summary>One running decoder program. It dies with this process, even when this process is killed.</summary>
internal sealed class DecoderProcess : IDisposable
{
    private const string SetPriv = "/usr/bin/setpriv";
    private readonly Process _process;

    private DecoderProcess(Process process) => _process = process;

    public PipeStream Output => (PipeStream)_process.StandardOutput.BaseStream;

    public PipeStream Log => (PipeStream)_process.StandardError.BaseStream;

    public int Id => _process.Id;

    /// <returns>Null when the program is missing or cannot be started.</returns>
    public static DecoderProcess? Start(string program, IEnumerable<string> arguments)
    {
        if (Find(program) is not { } path)
        {
            return null;
        }

        // a system without util-linux goes without: a decoder whose pipe is broken ends at its next frame anyway
        var guarded = File.Exists(SetPriv);
        string[] guard = guarded ? ["--pdeathsig", "KILL", "--", path] : [];
        var start = new ProcessStartInfo(guarded ? SetPriv : path, [.. guard, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            var process = ChildStarter.Start(start);
            process.StandardInput.Close();
            return new DecoderProcess(process);
        }
        catch (Exception problem) when (problem is Win32Exception or IOException)
        {
            return null;
        }
    }

    /// <summary>The exit code; null when it still runs after a second.</summary>
    public int? ExitCode() => _process.WaitForExit(1000) ? _process.ExitCode : null;

    /// <summary>From any thread, at any time.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception problem) when (problem is InvalidOperationException or Win32Exception)
        {
            // it has ended by itself
        }
    }

    /// <summary>The runtime reaps it when it is gone; nobody waits here.</summary>
    public void Dispose()
    {
        Kill();
        Output.Dispose();
        Log.Dispose();
        _process.Dispose();
    }

    private static string? Find(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return File.Exists(program) ? Path.GetFullPath(program) : null;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
