using System.Diagnostics;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>Times of several networks, taken in turns, so that whatever else the machine does hits all of them alike.</summary>
/// <remarks>
/// In: networks, threads within one operator, pictures a run (an open first length takes it), runs of each. Inputs are the same noise for all. Out: the least and the median of each, in milliseconds a run,
/// with tensors bound once as on the device. Example: 2 networks and 50 runs are 5 + 50 rounds of one run each. On the calling thread.
/// </remarks>
public static class LatencyMeter
{
    private const int WarmUp = 5;

    /// <exception cref="CompressionException">A length is open that nobody gave, or fewer than one run is asked for.</exception>
    /// <exception cref="InferenceException">ONNX Runtime refuses a network.</exception>
    public static IReadOnlyList<LatencyResult> Measure(IReadOnlyList<TimedNetwork> networks, int threads, int batch = 1, int runs = 50)
    {
        if (runs < 1 || threads < 1 || batch < 1)
        {
            throw new CompressionException($"{runs} runs of batch {batch} with {threads} threads cannot be timed; each is 1 or more.");
        }

        var opened = new List<TimedRun>();
        try
        {
            opened.AddRange(networks.Select(network => new TimedRun(network, threads, batch)));
            var times = networks.Select(_ => new double[runs]).ToArray();
            for (var round = -WarmUp; round < runs; round++)
            {
                for (var i = 0; i < opened.Count; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    opened[i].Run();
                    var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                    times[i][Math.Max(0, round)] = elapsed; // a warm-up's time is written over
                }
            }

            return [.. networks.Select((network, i) => Result(network.Name, threads, batch, times[i]))];
        }
        finally
        {
            opened.ForEach(run => run.Dispose());
        }
    }

    private static LatencyResult Result(string name, int threads, int batch, double[] times)
    {
        Array.Sort(times);
        return new LatencyResult(name, threads, batch, times.Length, times[0], times[times.Length / 2]);
    }
}
