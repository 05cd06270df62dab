using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeVision.Testing;

/// <summary>A program that a test started; killed with its children when the test ends.</summary>
public sealed partial class RunningProgram : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private bool _disposed;

    private RunningProgram(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output => Read(_output);

    public string Error => Read(_error);

    public static RunningProgram Start(string program, params string[] arguments) => new(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
    });

    /// <summary>Sends a POSIX signal, for example 15 (TERM), 9 (KILL) or 1 (HUP).</summary>
    public void Signal(int signal)
    {
        if (Kill(Id, signal) != 0)
        {
            throw new InvalidOperationException($"kill({Id}, {signal}): error {Marshal.GetLastPInvokeError()}");
        }
    }

    public ProgramOutput WaitForExit(TimeSpan deadline)
    {
        if (!_process.WaitForExit(deadline))
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} did not end within {deadline.TotalSeconds} s.\n{Output}\n{Error}");
        }

        _process.WaitForExit();
        return new ProgramOutput(_process.ExitCode, Output, Error);
    }

    /// <summary>Waits until the program's own words contain a text.</summary>
    public void WaitForText(string text, TimeSpan deadline) => Eventually.True(
        () => Output.Contains(text, StringComparison.Ordinal) || Error.Contains(text, StringComparison.Ordinal),
        deadline,
        () => $"'{text}' was not said.\n{Output}\n{Error}");

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit(5000);
        _process.Dispose();
    }

    private static void Append(StringBuilder builder, string? line)
    {
        if (line is not null)
        {
            lock (builder)
            {
                builder.AppendLine(line);
            }
        }
    }

    private static string Read(StringBuilder builder)
    {
        lock (builder)
        {
            return builder.ToString();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
