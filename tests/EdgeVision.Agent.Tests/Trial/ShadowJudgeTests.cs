using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent.Tests;

public sealed class ShadowJudgeTests
{
    private static readonly ShadowLimits Limits = new(100, TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), 0.8, 0.5, 2, LatencyMsP99: 40, MemoryGrowthMiB: 48);

    /// <summary>120 frames, 100 with something in them; 200 answers of each, 170 of them the same: agreement 0.85.</summary>
    private static readonly AgreementFigures Good = new(120, 100, 170, 200, 200) { LatencyMsP99 = 42, SharedLabels = 2 };

    private static readonly ShadowFacts Enough = new(Good, TimeSpan.FromMinutes(10), TimeSpan.Zero, null, 48);

    [Fact]
    public void Judge_EveryFigureAtItsLimit_Passes() => Assert.Equal(TrialOutcome.Pass, ShadowJudge.Judge(Enough with { Figures = Good with { Matched = 160 } }, Limits)!.Outcome);

    [Fact]
    public void Judge_TooFewFramesOrMinutes_GoesOn()
    {
        Assert.Null(ShadowJudge.Judge(Enough with { Watched = TimeSpan.FromMinutes(9.9) }, Limits));
        Assert.Null(ShadowJudge.Judge(Enough with { Figures = Good with { Seen = 99 } }, Limits));
    }

    [Fact]
    public void Judge_NightUntilTheLongest_IsHeldAndNeverPassed()
    {
        var night = Enough with { Figures = new AgreementFigures(40_000, 3, 3, 3, 3) { SharedLabels = 2 }, Watched = TimeSpan.FromMinutes(59) };

        Assert.Null(ShadowJudge.Judge(night, Limits));
        var verdict = ShadowJudge.Judge(night with { Watched = TimeSpan.FromHours(1) }, Limits)!;
        Assert.Equal((TrialOutcome.Hold, UpdateCode.Shadow), (verdict.Outcome, verdict.Code));
        Assert.Equal("shadow: in 1 h something was seen in 3 of 40000 frames, 100 are needed to compare the models", verdict.Reason);
    }

    [Fact]
    public void Judge_LowAgreement_AsksAPersonWithFigureAndLimit()
    {
        var verdict = ShadowJudge.Judge(Enough with { Figures = Good with { Matched = 122 } }, Limits)!;

        Assert.Equal(TrialOutcome.Hold, verdict.Outcome);
        Assert.Equal("shadow: agreement is 0.610 over 100 frames with something in them, the limit is 0.800", verdict.Reason);
    }

    [Fact]
    public void Judge_FarMoreAnswers_AsksAPerson()
    {
        // 200 and 420 with 290 matched: agreement 580 / 620, so only the rate speaks
        var verdict = ShadowJudge.Judge(Enough with { Figures = Good with { Candidate = 420, Matched = 290 } }, Limits)!;

        Assert.Equal((TrialOutcome.Hold, "shadow: it gives 2.10 answers for each of the model in service, the limits are 0.50 and 2.00"), (verdict.Outcome, verdict.Reason));
    }

    [Fact]
    public void Judge_NoLabelInCommon_AsksAPersonWithASentence()
    {
        var verdict = ShadowJudge.Judge(Enough with { Figures = Good with { SharedLabels = 0, Matched = 0 } }, Limits)!;

        Assert.Equal((TrialOutcome.Hold, true), (verdict.Outcome, verdict.Reason.Contains("no label in common", StringComparison.Ordinal)));
    }

    [Fact]
    public void Judge_WhatNoModelMayDo_FailsAtOnce()
    {
        var early = Enough with { Watched = TimeSpan.FromSeconds(5), Figures = Good with { Seen = 20, Frames = 20 } };

        Assert.Equal(UpdateCode.NotANumber, ShadowJudge.Judge(early with { Figures = early.Figures with { Unsound = 1 } }, Limits)!.Code);
        Assert.Equal(UpdateCode.Shadow, ShadowJudge.Judge(early with { Failure = "no such tensor" }, Limits)!.Code);
        Assert.Equal(UpdateCode.Latency, ShadowJudge.Judge(early with { Figures = early.Figures with { LatencyMsP99 = 42.1, Frames = 300 } }, Limits)!.Code);
        Assert.Equal(UpdateCode.OutOfMemory, ShadowJudge.Judge(early with { MemoryGrowthMiB = 48.1 }, Limits)!.Code);
        Assert.Equal(UpdateCode.Watchdog, ShadowJudge.Judge(early with { Looking = TimeSpan.FromSeconds(61) }, Limits)!.Code);
        Assert.Null(ShadowJudge.Judge(early with { Figures = early.Figures with { LatencyMsP99 = 90, Frames = 299 } }, Limits)); // too few for a p99
    }

    [Fact]
    public void Of_SiteSaysOtherMinutes_FramesFollowInProportion()
    {
        var gates = new ManifestGates { Shadow = new ShadowGate { MinFrames = 500, MinMinutes = 10 }, Probation = new ProbationGate { MinFrames = 5000, MinMinutes = 60 } };

        Assert.Equal((50, 1.0), Short(ShadowLimits.Of(gates, new TrialOptions { ShadowMinutes = 1 })));
        Assert.Equal((500, 10.0), Short(ShadowLimits.Of(gates, new TrialOptions())));
        Assert.Equal((0, 0.0), Short(ShadowLimits.Of(gates, new TrialOptions { ShadowMinutes = 0 })));
        Assert.Equal(84, ProbationLimits.Of(gates, new TrialOptions { ProbationMinutes = 1 }).Frames); // 5000 / 60 = 83.3

        static (int, double) Short(ShadowLimits limits) => (limits.Frames, limits.Time.TotalMinutes);
    }
}
