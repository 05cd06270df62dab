using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>The figures of an exam against the budgets of the manifest. A figure exactly at its limit passes.</summary>
internal static class ExamBudgets
{
    public static ExamReport Judge(ExamReport report, ManifestGates gates)
    {
        if (report.LatencyMsP99 > gates.LatencyMsP99)
        {
            return report with { Code = UpdateCode.Latency, Reason = FormattableString.Invariant($"latency: p99 is {report.LatencyMsP99:0.0} ms, the limit is {gates.LatencyMsP99:0.0} ms") };
        }

        return report.MemoryMiB > gates.MemoryMiB
            ? report with { Code = UpdateCode.OutOfMemory, Reason = FormattableString.Invariant($"memory: it takes {report.MemoryMiB:0.0} MiB, the limit is {gates.MemoryMiB} MiB") }
            : report;
    }
}
