using System.Text.Json;
using EdgeVision.Inference;

namespace EdgeVision.Compression;

/// <summary>Which operators a network's time goes to, as ONNX Runtime's profiler sees it.</summary>
/// <remarks>
/// Milliseconds by operator, one thread, one picture, of the run that took least; an operator in integers counts as the one it stands for (QLinearConv as Conv), so that float and small network have the same rows.
/// The profiler itself takes some microseconds a node, so that the sum lies a little above the network's time.
/// </remarks>
internal static class OperatorTimes
{
    private const int Runs = 20;
    private const string Integer = "QLinear";

    /// <exception cref="InferenceException">ONNX Runtime refuses the network.</exception>
    public static IReadOnlyDictionary<string, double> Measure(TimedNetwork network)
    {
        var folder = Directory.CreateTempSubdirectory("edgevision-profile-");
        try
        {
            using var run = new TimedRun(network, threads: 1, batch: 1, Path.Combine(folder.FullName, "run"));
            for (var i = 0; i < Runs; i++)
            {
                run.Run();
            }

            using var profile = File.OpenRead(run.EndProfiling());
            return Read(profile);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A profile as ONNX Runtime writes it, event by event: an hour of them needs no more memory than a second. Empty when it is no JSON, as where a node's name has quotation marks.</summary>
    internal static IReadOnlyDictionary<string, double> Read(Stream profile)
    {
        var (least, now) = (new Dictionary<string, double>(), new Dictionary<string, double>(StringComparer.Ordinal));
        try
        {
            foreach (var each in JsonSerializer.DeserializeAsyncEnumerable(profile, ProfileJson.Default.ProfileEvent).ToBlockingEnumerable())
            {
                if (each is { Category: "Node", Arguments.Operator: { } name })
                {
                    name = name.StartsWith(Integer, StringComparison.Ordinal) ? name[Integer.Length..] : name;
                    now[name] = now.GetValueOrDefault(name) + (each.Microseconds / 1000);
                }
                else if (each is { Category: "Session", Name: "model_run" })
                {
                    (least, now) = (least.Count == 0 || now.Values.Sum() < least.Values.Sum() ? now : least, new Dictionary<string, double>(StringComparer.Ordinal));
                }
            }

            return least;
        }
        catch (JsonException)
        {
            return new Dictionary<string, double>();
        }
    }
}
