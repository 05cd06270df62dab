using System.Collections.Concurrent;
using System.Diagnostics;

namespace EdgeVision.Capture;

/// <summary>Starts every decoder from one thread that lives as long as the process.</summary>
/// <remarks>
/// Because the parent-death signal that ends a decoder together with a killed daemon is sent when the *thread* that started it ends:
/// a decoder started from a pool thread would die with that thread.
/// </remarks>
internal static class ChildStarter
{
    private static readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> Requests = Begin();

    public static Process Start(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Requests.Add((start, started));
        return started.Task.GetAwaiter().GetResult();
    }

    private static BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> Begin()
    {
        var requests = new BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)>();
        new Thread(() => Serve(requests)) { IsBackground = true, Name = "decoder starter" }.Start();
        return requests;
    }

    private static void Serve(BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> requests)
    {
        foreach (var (start, started) in requests.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception problem) when (problem is System.ComponentModel.Win32Exception or IOException)
            {
                started.SetException(problem);
            }
        }
    }
}
