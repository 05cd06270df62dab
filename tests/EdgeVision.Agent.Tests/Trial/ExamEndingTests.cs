using EdgeVision.Update;

namespace EdgeVision.Agent.Tests;

public sealed class ExamEndingTests
{
    [Theory]
    [InlineData(139, "", UpdateCode.Load, "segmentation fault")]
    [InlineData(134, "terminate called", UpdateCode.Load, "aborted (signal 6): terminate called")]
    [InlineData(134, "what():  std::bad_alloc", UpdateCode.OutOfMemory, "memory")]
    [InlineData(137, "", UpdateCode.OutOfMemory, "the kernel ended it")]
    [InlineData(152, "", UpdateCode.Load, "processor time")]
    [InlineData(1, "Process terminated. Out of memory.", UpdateCode.OutOfMemory, "memory")]
    [InlineData(3, "first line\nlast line\n", UpdateCode.Load, "exit code 3 and no report: last line")]
    [InlineData(0, "", UpdateCode.Load, "exit code 0 and no report")]
    public void Read_NoReport_SaysHowItEnded(int exitCode, string error, UpdateCode code, string words)
    {
        var report = ExamEnding.Read(exitCode, "not json", error, tooLate: null);

        Assert.Equal(code, report.Code);
        Assert.Contains(words, report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EndedByTheClock_IsABadModel()
    {
        var report = ExamEnding.Read(137, "", "", TimeSpan.FromSeconds(60));

        Assert.Equal((UpdateCode.Load, "exam: it did not end within 60 s and was ended"), (report.Code, report.Reason));
    }

    [Fact]
    public void Read_Report_IsTaken() => Assert.Equal(UpdateCode.Golden, ExamEnding.Read(0, """{"code":404,"reason":"golden: top 1"}""", "", null).Code);

    [Fact]
    public void Choose_TheFasterOfThoseThatPass_AndAllFiguresAreTheEvidence()
    {
        // 8 bits are slower than fp32 on this device, and 16 bits, the fastest, fail
        var verdict = DeviceExam.Choose(
        [
            new ExamReport(UpdateCode.None, "") { Variant = "int8-cpu-u8s8", LatencyMsP50 = 31 },
            new ExamReport(UpdateCode.None, "") { Variant = "fp32", LatencyMsP50 = 24 },
            new ExamReport(UpdateCode.Golden, "golden: differs") { Variant = "fp16", LatencyMsP50 = 12 },
        ]);

        Assert.Equal((TrialOutcome.Pass, "fp32"), (verdict.Outcome, verdict.Variant));
        Assert.Equal([31, 24, 12], verdict.Evidence["variants"]!.AsArray().Select(variant => variant!["p50"]!.GetValue<double>()));
        Assert.InRange(verdict.Evidence.ToJsonString().Length, 1, TrialVerdict.MaxEvidenceBytes);
    }

    [Fact]
    public void Choose_NonePasses_EachReasonIsNamed()
    {
        var verdict = DeviceExam.Choose([new ExamReport(UpdateCode.Latency, "latency: p99") { Variant = "fp32" }, new ExamReport(UpdateCode.Golden, "golden: differs") { Variant = "fp16" }]);

        Assert.Equal((TrialOutcome.Fail, UpdateCode.Latency, "fp32: latency: p99; fp16: golden: differs"), (verdict.Outcome, verdict.Code, verdict.Reason));
    }
}
