using EdgeVision.Update;

namespace EdgeVision.Agent.Tests;

public sealed class ProbationTriggersTests
{
    private static readonly ProbationLimits Limits = new(1000, TimeSpan.FromMinutes(10), LatencyMsP99: 40, MemoryGrowthMiB: 48);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Every figure at its limit, or one short of it.</summary>
    private static readonly ProbationFacts Fine = new()
    {
        Vitals = new VitalFigures(5000, Failed: 2, Unsound: 0, 9000, 4000, TimeSpan.FromMinutes(20), Silence: Minute, LongestSilence: Minute, LastFrame: 1),
        FailedLately = 2, LatencyMsP99 = 400, SlowWindows = 2, DropShare = 0.9, DropShareBefore = 0.1, DropWindows = 2, Heat = "thermal_zone0", HotWindows = 2, MemoryGrowthMiB = 48,
        SilenceLimit = Minute, Drift = "it gives 0.10 answers", DriftWindows = 1,
    };

    [Fact]
    public void Find_EverythingAtItsLimit_FiresNothing() => Assert.Null(ProbationTriggers.Find(Fine, Limits));

    [Fact]
    public void Find_OneBeyondItsLimit_FiresItsOwnCodeWithFigureAndLimit()
    {
        Fires(Fine with { Vitals = Fine.Vitals with { Unsound = 1 } }, UpdateCode.NotANumber, "1 of 5000 frames");
        Fires(Fine with { FailedLately = 3 }, UpdateCode.CrashLoop, "3 frames broke it");
        Fires(Fine with { DriftWindows = 2 }, UpdateCode.Drift, "0.10 answers");
        Fires(Fine with { Vitals = Fine.Vitals with { Silence = Minute * 1.1 } }, UpdateCode.Drift, "nothing was seen for 66 s, the limit by what the model before saw is 60 s");
        Fires(Fine with { MemoryGrowthMiB = 48.1 }, UpdateCode.OutOfMemory, "48.1 MiB, the limit is 48 MiB");
        Fires(Fine with { SlowWindows = 3 }, UpdateCode.Latency, "p99 is 400.0 ms in 3 windows in a row, the limit is 40.0 ms");
        Fires(Fine with { DropWindows = 3 }, UpdateCode.Latency, "90 % of the frames are dropped, it was 10 %");
        Fires(Fine with { HotWindows = 3 }, UpdateCode.Latency, "thermal_zone0");
        Fires(Fine with { HubLost = "TimedOut" }, UpdateCode.Watchdog, "TimedOut");
    }

    [Fact]
    public void Find_NothingKnownOfSilence_LongSilenceIsNoFault() =>
        Assert.Null(ProbationTriggers.Find(Fine with { SilenceLimit = null, Vitals = Fine.Vitals with { Silence = TimeSpan.FromHours(9) } }, Limits));

    private static void Fires(ProbationFacts facts, UpdateCode code, string words)
    {
        var verdict = ProbationTriggers.Find(facts, Limits);
        Assert.Equal((TrialOutcome.Fail, code), (verdict?.Outcome, verdict?.Code));
        Assert.Contains(words, verdict!.Reason, StringComparison.Ordinal);
    }
}
