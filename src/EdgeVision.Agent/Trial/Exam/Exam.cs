using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>What a model must show in the examining process: that it loads, answers every picture with numbers, knows the golden set, and keeps its budgets.</summary>
/// <remarks>In order of cost; the first gate it does not pass ends it. One exam per process.</remarks>
internal sealed class Exam(ExamRequest request, TimeProvider time)
{
    private readonly VisionResult _result = new();

    public ExamReport Run()
    {
        try
        {
            return Examine();
        }
        catch (Exception exception) when (IsOutOfMemory(exception))
        {
            return new ExamReport(UpdateCode.Memory, $"memory: it wants more than the {request.MemoryMiB} MiB an exam may take here");
        }
        catch (Exception exception) when (exception is InferenceException or PackageException)
        {
            return new ExamReport(UpdateCode.Load, exception.Message);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new ExamReport(UpdateCode.Load, $"it failed at a picture: {exception.Message}"); // the runtime's own errors come as they like
        }
    }

    private ExamReport Examine()
    {
        var before = ProcessFigures.RssMiB ?? 0;
        var started = time.GetTimestamp();
        var package = Open();
        using var model = VisionModel.Load(package, Options());
        var report = new ExamReport(UpdateCode.None, "") { LoadMs = Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1), Provider = model.Placement.Provider };
        if (Adversarial(model) is { } picture)
        {
            return report with { Code = UpdateCode.NotANumber, Reason = $"numbers: a {picture} picture is answered with something that is no number" };
        }

        report = ExamLatency.Measure(model, request.Threads, time, report);
        report = report with { MemoryMiB = Math.Round(Math.Max(0, (ProcessFigures.PeakRssMiB ?? 0) - before), 1) };
        return ExamBudgets.Judge(report, package.Manifest.Gates);
    }

    private ModelPackage Open()
    {
        var package = ModelPackage.Open(request.Directory);
        if (package.Digest != request.Digest)
        {
            throw new PackageException($"{request.Directory} holds {package.Digest}, not {request.Digest}.");
        }

        return request.Variant is { } variant ? package.Select(variant) : package;
    }

    private string? Adversarial(VisionModel model)
    {
        foreach (var (name, frame) in new ExamPictures().Each())
        {
            model.Infer(frame, _result);
            if (!ResultCheck.IsSound(model, _result))
            {
                return name;
            }
        }

        return null;
    }

    private InferenceOptions Options() => new()
    {
        Threads = request.Threads, Spinning = request.Spinning, Providers = request.Providers, Require = request.Require, AllowDegraded = request.AllowDegraded, NativeLibrary = request.NativeLibrary,
    };

    private static bool IsOutOfMemory(Exception exception) =>
        exception is OutOfMemoryException or InsufficientMemoryException || exception.ToString().Contains("bad_alloc", StringComparison.Ordinal)
        || exception.ToString().Contains("bad allocation", StringComparison.Ordinal) || exception.ToString().Contains("Failed to allocate memory", StringComparison.Ordinal);
}
