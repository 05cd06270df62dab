using System.Text.Json;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>What the way an examining process ended says of its model.</summary>
/// <remarks>Examples: exit code 139 is 128 + 11, a segmentation fault, so code 403; ended by the clock is 403 too; ended by the kernel (137) is 505.</remarks>
internal static class ExamEnding
{
    private const int Signal = 128, Abort = 6, Kill = 9, SegmentationFault = 11, CpuTime = 24;

    private static readonly string[] MemoryWords = ["bad_alloc", "bad allocation", "out of memory", "OutOfMemory", "failed to allocate memory"];

    /// <param name="tooLate">The time it was given, when it was ended for that.</param>
    public static ExamReport Read(int exitCode, string output, string error, TimeSpan? tooLate)
    {
        if (tooLate is { } limit)
        {
            return new ExamReport(UpdateCode.Load, FormattableString.Invariant($"exam: it did not end within {limit.TotalSeconds:0.#} s and was ended"));
        }

        return exitCode == 0 && TryParse(output) is { } report ? report : Crash(exitCode, LastLine(error));
    }

    /// <summary>The words of C++, ONNX Runtime and .NET for the same thing.</summary>
    internal static bool SpeaksOfMemory(string error) => MemoryWords.Any(words => error.Contains(words, StringComparison.OrdinalIgnoreCase));

    private static ExamReport Crash(int exitCode, string error)
    {
        var words = error.Length == 0 ? "" : $": {error}";
        return (exitCode - Signal) switch
        {
            _ when SpeaksOfMemory(error) =>
                new ExamReport(UpdateCode.OutOfMemory, $"exam: it ran out of the memory that an exam may take{words}"),
            Kill => new ExamReport(UpdateCode.OutOfMemory, "exam: the kernel ended it, most likely for want of memory"),
            CpuTime => new ExamReport(UpdateCode.Load, "exam: it did not end within the processor time an exam may take"),
            SegmentationFault => new ExamReport(UpdateCode.Load, "exam: it ended in a segmentation fault (signal 11)"),
            Abort => new ExamReport(UpdateCode.Load, $"exam: it was aborted (signal 6){words}"),
            > 0 and var signal => new ExamReport(UpdateCode.Load, $"exam: it was ended by signal {signal}{words}"),
            _ => new ExamReport(UpdateCode.Load, $"exam: it ended with exit code {exitCode} and no report{words}"),
        };
    }

    private static ExamReport? TryParse(string output)
    {
        try
        {
            return JsonSerializer.Deserialize(output, ExamJson.Default.ExamReport);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() is { } line ? line[..Math.Min(line.Length, 300)] : "";
}
