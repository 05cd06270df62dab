using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>The figures of an exam against the budgets of the manifest. A figure exactly at its limit passes.</summary>
internal static class ExamBudgets
{
    /// <summary>What a new version may take when its manifest says nothing: so many times as long as the version in service.</summary>
    private const double WithoutBudget = 1.3;

    public static ExamReport Judge(ExamReport report, ManifestGates gates)
    {
        if (report.LatencyMsP99 > gates.LatencyMsP99)
        {
            return report with { Code = UpdateCode.Latency, Reason = FormattableString.Invariant($"latency: p99 is {report.LatencyMsP99:0.0} ms, the limit is {gates.LatencyMsP99:0.0} ms") };
        }

        if (report.MemoryMiB > gates.MemoryMiB)
        {
            return report with { Code = UpdateCode.OutOfMemory, Reason = FormattableString.Invariant($"memory: it takes {report.MemoryMiB:0.0} MiB, the limit is {gates.MemoryMiB} MiB") };
        }

        return gates.LatencyMsP99 is null && report.TimesAsLong > WithoutBudget ? report with { Code = UpdateCode.Latency, Reason = TooLong(report) } : report;
    }

    private static string TooLong(ExamReport report) => FormattableString.Invariant(
        $"latency: a frame takes {report.TimesAsLong:0.00} times as long as with the version in service, the limit is {WithoutBudget}; a version that needs longer says so in gates.latencyMsP99");
}
