using System.Text.Json.Nodes;
using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>What a model must show in the examining process: that it loads, answers every picture with numbers, knows its golden set, and keeps its budgets.</summary>
/// <remarks>The first gate that does not hold ends it. One exam per process.</remarks>
internal sealed class Exam(ExamRequest request, TimeProvider time)
{
    public ExamReport Run()
    {
        try
        {
            return Examine();
        }
        catch (Exception exception) when (ExamEnding.SpeaksOfMemory(exception.ToString()) || exception is OutOfMemoryException)
        {
            return new ExamReport(UpdateCode.Memory, $"memory: it wants more than the {request.MemoryMiB} MiB that an exam may take");
        }
        catch (Exception exception)
        {
            return new ExamReport(UpdateCode.Load, $"exam: {exception.Message}"); // whatever it is: the runtime's errors come as they like
        }
    }

    private ExamReport Examine()
    {
        var before = ProcessFigures.RssMiB ?? 0;
        var started = time.GetTimestamp();
        var package = request.Open();
        using var model = VisionModel.Load(package, request.Inference);
        var report = new ExamReport(UpdateCode.None, "") { LoadMs = Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1), Provider = model.Placement.Provider };
        report = Judged(report, GoldenExam.Run(model, package));
        if (!report.Passed)
        {
            return report;
        }

        report = ExamLatency.Measure(model, request.Threads, time, report) with { MemoryMiB = Math.Round(Math.Max(0, (ProcessFigures.PeakRssMiB ?? 0) - before), 1) };
        return ExamBudgets.Judge(report with { TimesAsLong = CompareWithServing(model) }, package.Manifest.Gates);
    }

    // After the memory was read. A model in service that cannot be loaded here is nothing that the new one is to blame for.
    private double? CompareWithServing(VisionModel model)
    {
        try
        {
            using var serving = request.Serving is { } other ? VisionModel.Load(other.Open(), request.Inference) : null;
            return serving is null ? null : ExamComparison.TimesAsLong(model, serving, request.Threads, time);
        }
        catch (Exception exception) when (exception is InferenceException or PackageException)
        {
            return null;
        }
    }

    private static ExamReport Judged(ExamReport report, GoldenReport golden) => report with
    {
        Code = golden.Outcome switch
        {
            GoldenOutcome.Pass => UpdateCode.None,
            GoldenOutcome.NotANumber => UpdateCode.NotANumber,
            GoldenOutcome.RunFailed when ExamEnding.SpeaksOfMemory(golden.Reason) => UpdateCode.Memory,
            GoldenOutcome.RunFailed => UpdateCode.Load,
            _ => UpdateCode.Golden,
        },
        Reason = golden.Outcome == GoldenOutcome.Pass ? "" : $"golden: {golden.Reason}",
        Golden = golden.Frames == 0 ? null : new JsonObject
        {
            ["frames"] = golden.Frames, ["top1"] = Math.Round(golden.Top1, 4), ["meanIoU"] = Math.Round(golden.MeanIoU, 4), ["meanScoreDelta"] = Math.Round(golden.MeanScoreDelta, 4),
            ["missing"] = golden.Missing, ["extra"] = golden.Extra, ["firstFailing"] = golden.FirstFailing,
        },
    };
}
