using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Agent;

/// <summary><c>edgevisiond bench</c>: first as many frames as go through, then whole frames and bare runs in turn, so that both see the same machine.</summary>
internal static class BenchCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "folder of a model package", Required = true };
    private static readonly Option<string?> Source = new("--source") { Description = "a video; without it one grey picture of 640x352" };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "how long to measure", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Threads = new("--threads") { Description = "within one operator", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Json = new("--json") { Description = "one line of JSON instead of a table" };

    public static Command Create()
    {
        var command = new Command("bench", "measure what this device can do with a model") { Model, Source, Seconds, Threads, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        using var model = VisionModel.Load(ModelPackage.Open(arguments.GetRequiredValue(Model)), new InferenceOptions { Threads = arguments.GetValue(Threads) });
        using var frames = new BenchFrames(arguments.GetValue(Source));
        var figures = Measure(model, frames, TimeSpan.FromSeconds(arguments.GetValue(Seconds)), arguments.GetValue(Threads), TimeProvider.System);
        Console.WriteLine(arguments.GetValue(Json) ? JsonSerializer.Serialize(figures, MessageJson.Default.BenchFigures) : Table(figures));
        return 0;
    }

    private static BenchFigures Measure(VisionModel model, BenchFrames frames, TimeSpan duration, int threads, TimeProvider time)
    {
        var result = new VisionResult();
        frames.Look(model, result);
        var coldStart = (time.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalMilliseconds;
        for (var i = 0; i < 20; i++)
        {
            frames.Look(model, result); // the first ones pay for pages and caches
        }

        var (count, seconds, bytes) = Throughput(model, frames, result, duration / 2, time);
        var (whole, bare, before, after) = (new BenchSamples(time), new BenchSamples(time), new BenchSamples(time), new BenchSamples(time));
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < duration / 2 && !whole.IsFull;)
        {
            frames.Look(model, result);
            whole.Add(result.Times.Total);
            before.Add(result.Times.Preprocess);
            after.Add(result.Times.Postprocess);
            var from = time.GetTimestamp();
            model.RunBare();
            bare.Add(time.GetTimestamp() - from);
        }

        return new BenchFigures(
            count, Math.Round(count / seconds, 2), bare.Quantile(0.5), whole.Quantile(0.5), whole.Quantile(0.99), Math.Round(whole.Quantile(0.5) / bare.Quantile(0.5), 4),
            before.Quantile(0.5), after.Quantile(0.5), Math.Round((double)bytes / count, 3), Math.Round(ProcessFigures.PeakRssMiB ?? 0, 1), Math.Round(coldStart, 1),
            model.Placement.Provider, model.Placement.NodesByProvider, threads);
    }

    private static (long Count, double Seconds, long Bytes) Throughput(VisionModel model, BenchFrames frames, VisionResult result, TimeSpan duration, TimeProvider time)
    {
        var count = 0L;
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = time.GetTimestamp();
        do
        {
            frames.Look(model, result);
            count++;
        }
        while (time.GetElapsedTime(start) < duration);

        var seconds = time.GetElapsedTime(start).TotalSeconds;
        return (count, seconds, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }

    private static string Table(BenchFigures figures) => string.Create(CultureInfo.InvariantCulture, $"""
        frames/s, decoding and looking    {figures.Fps,10}   ({figures.Frames} frames, {figures.Threads} threads)
        whole frame p50 / p99, ms         {figures.FrameMsP50,10} / {figures.FrameMsP99}
        network alone p50, ms             {figures.BareRunMsP50,10}
        whole frame / network alone       {figures.OverheadRatio,10}
        picture to tensor p50, ms         {figures.PreprocessMsP50,10}
        decoding and suppression p50, ms  {figures.PostprocessMsP50,10}
        managed bytes per frame           {figures.AllocatedBytesPerFrame,10}
        peak memory, MiB                  {figures.PeakRssMiB,10}
        start to first result, ms         {figures.ColdStartMs,10}
        provider                          {figures.Provider,10}   ({string.Join(", ", figures.NodesByProvider.Select(pair => $"{pair.Value} nodes on {pair.Key}"))})
        """);
}
