using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace EdgeVision.Agent;

/// <summary>One examining process: started, told what to examine, heard, and ended when it does not end by itself. Whatever becomes of it is said of the model.</summary>
/// <remarks>
/// It has no environment but the way to native libraries, and no descriptor but its three pipes. <see cref="Run"/> stays on one thread of its own to the end, because the kernel
/// ends the process with the thread that started it. What it says is read up to 64 KiB.
/// </remarks>
internal sealed class ExamProcess(TrialOptions options, TimeProvider time)
{
    private const int MostOutput = 64 << 10, MostError = 4 << 10;
    private const string LibraryPath = "LD_LIBRARY_PATH";
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    /// <exception cref="OperationCanceledException">Cancelled; the process is ended.</exception>
    public Task<ExamReport> RunAsync(ExamRequest request, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Run(request, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private ExamReport Run(ExamRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start();
        using var timeout = new CancellationTokenSource(options.ExamTimeout, time);
        using var late = timeout.Token.Register(() => End(process));
        using var cancelled = cancellationToken.Register(() => End(process));
        var (output, error) = (ReadAsync(process.StandardOutput.BaseStream, MostOutput), ReadAsync(process.StandardError.BaseStream, MostError));
        Tell(process, request);
        process.WaitForExit();
        Task.WhenAll(output, error).Wait(LastWords, CancellationToken.None); // a process that it started may still hold the pipes
        cancellationToken.ThrowIfCancellationRequested();
        return ExamEnding.Read(process.ExitCode, Said(output), Said(error), timeout.IsCancellationRequested ? options.ExamTimeout : null) with { Variant = request.Variant };
    }

    /// <exception cref="InvalidOperationException">The program itself cannot be started.</exception>
    private Process Start()
    {
        var start = new ProcessStartInfo(options.Examiner, "exam") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        var libraries = Environment.GetEnvironmentVariable(LibraryPath);
        start.Environment.Clear();
        if (libraries is not null)
        {
            start.Environment[LibraryPath] = libraries;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"{options.Examiner} cannot be started to examine a model: {exception.Message}", exception);
        }
    }

    private static void Tell(Process process, ExamRequest request)
    {
        try
        {
            process.StandardInput.Write(JsonSerializer.Serialize(request, ExamJson.Default.ExamRequest));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it has ended before it listened, and how it ended says why
        }
    }

    private static string Said(Task<string> read) => read.IsCompletedSuccessfully ? read.Result : "";

    private static async Task<string> ReadAsync(Stream stream, int most)
    {
        var bytes = new byte[most];
        var count = 0;
        try
        {
            for (int read; (read = await stream.ReadAsync(bytes.AsMemory(count)).ConfigureAwait(false)) > 0;)
            {
                count = Math.Min(count + read, most - 1); // the last byte takes all that is too much
            }
        }
        catch (IOException)
        {
            // ended in the middle of it
        }

        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // it has ended by itself
        }
    }
}
