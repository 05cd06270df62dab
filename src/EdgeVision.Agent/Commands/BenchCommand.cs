using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EdgeVision.Imaging;
using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Agent;

/// <summary><c>edgevisiond bench</c>: first as many frames as go through, then whole frames and bare runs in turn, so that both see the same machine.</summary>
internal static class BenchCommand
{
    /// <summary>By then every thread has waited for every other once, which is when the runtime makes what waiting needs.</summary>
    private const int Settled = 50;

    private static readonly Option<string> Model = new("--model") { Description = "folder of a model package", Required = true };
    private static readonly Option<string?> Source = new("--source") { Description = "a video; without it one grey picture of 640x352" };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "how long to measure", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Threads = new("--threads") { Description = "within one operator", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Workers = new("--workers") { Description = "frames looked at at once, each by a copy of the model", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Json = new("--json") { Description = "one line of JSON instead of a table" };

    public static Command Create()
    {
        var command = new Command("bench", "measure what this device can do with a model") { Model, Source, Seconds, Threads, Workers, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var package = ModelPackage.Open(arguments.GetRequiredValue(Model));
        var options = new InferenceOptions { Threads = arguments.GetValue(Threads) };
        var workers = Math.Clamp(arguments.GetValue(Workers), 1, 64);
        var duration = TimeSpan.FromSeconds(arguments.GetValue(Seconds));
        using var model = VisionModel.Load(package, options);
        using var frames = new BenchFrames(arguments.GetValue(Source), VisionCrew.SlotsFor(workers) + 1);
        var coldStart = WarmUp(model, frames, TimeProvider.System);
        using var crew = new VisionCrew(() => VisionModel.Load(package, options), workers);
        var (count, seconds, bytesPerFrame) = Throughput(crew, frames, duration / 2, TimeProvider.System);
        var figures = Compare(model, frames, duration / 2, TimeProvider.System) with
        {
            Frames = count, Fps = Math.Round(count / seconds, 2), AllocatedBytesPerFrame = bytesPerFrame, ColdStartMs = coldStart,
            PeakRssMiB = Math.Round(ProcessFigures.PeakRssMiB ?? 0, 1), Threads = options.Threads, Workers = workers,
        };
        Console.WriteLine(arguments.GetValue(Json) ? JsonSerializer.Serialize(figures, MessageJson.Default.BenchFigures) : Table(figures));
        return 0;
    }

    /// <summary>The first frames pay for pages and caches.</summary>
    /// <returns>Milliseconds from the start of the process to the first result.</returns>
    private static double WarmUp(VisionModel model, BenchFrames frames, TimeProvider time)
    {
        var result = new VisionResult();
        var coldStart = 0.0;
        for (var i = 0; i < 20; i++)
        {
            using var frame = frames.Next();
            model.Infer(frame, result);
            coldStart = i == 0 ? (time.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalMilliseconds : coldStart;
        }

        return Math.Round(coldStart, 1);
    }

    private static (long Count, double Seconds, double Bytes) Throughput(VisionCrew crew, BenchFrames frames, TimeSpan duration, TimeProvider time)
    {
        var count = 0L;
        var (start, end) = (time.GetTimestamp(), duration / 10);
        Func<Frame?> next = () => time.GetElapsedTime(start) < end ? frames.Next() : null;
        var bytes = 0L;
        Action<long, Frame, VisionModel, VisionResult> seen = (index, _, _, _) =>
        {
            count = index + 1;
            bytes = index == Settled ? GC.GetTotalAllocatedBytes(precise: true) : bytes;
        };
        crew.Look(next, seen); // loads the copies
        (start, end) = (time.GetTimestamp(), duration);
        crew.Look(next, seen);
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        var steady = count > Settled ? (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / (count - Settled) : 0;
        return (count, seconds, Math.Round(steady, 3));
    }

    /// <summary>Whole frames and bare runs in turn.</summary>
    private static BenchFigures Compare(VisionModel model, BenchFrames frames, TimeSpan duration, TimeProvider time)
    {
        var result = new VisionResult();
        var (whole, bare, before, after) = (new BenchSamples(time), new BenchSamples(time), new BenchSamples(time), new BenchSamples(time));
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < duration && !whole.IsFull;)
        {
            using (var frame = frames.Next())
            {
                model.Infer(frame, result);
            }

            whole.Add(result.Times.Total);
            before.Add(result.Times.Preprocess);
            after.Add(result.Times.Postprocess);
            var from = time.GetTimestamp();
            model.RunBare();
            bare.Add(time.GetTimestamp() - from);
        }

        return new BenchFigures
        {
            BareRunMsP50 = bare.Quantile(0.5), FrameMsP50 = whole.Quantile(0.5), FrameMsP99 = whole.Quantile(0.99), OverheadRatio = Math.Round(whole.Quantile(0.5) / bare.Quantile(0.5), 4),
            PreprocessMsP50 = before.Quantile(0.5), PostprocessMsP50 = after.Quantile(0.5), Provider = model.Placement.Provider, NodesByProvider = model.Placement.NodesByProvider,
        };
    }

    private static string Table(BenchFigures figures) => string.Create(CultureInfo.InvariantCulture, $"""
        frames/s, decoding and looking    {figures.Fps,10}   ({figures.Frames} frames, {figures.Workers} x {figures.Threads} threads)
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
