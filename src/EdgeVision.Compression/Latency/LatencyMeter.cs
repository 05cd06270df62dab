namespace EdgeVision.Compression;

/// <summary>Times of several networks, taken in turns, so that whatever else the machine does hits all of them alike.</summary>
public static class LatencyMeter
{
    /// <exception cref="CompressionException">A length is open, or fewer than one run.</exception>
    public static IReadOnlyList<LatencyResult> Measure(IReadOnlyList<TimedNetwork> networks, int threads, int batch = 1, int runs = 50) =>
        throw new CompressionException($"{networks.Count} networks cannot be timed yet with {threads} threads, batch {batch}, {runs} runs.");
}
