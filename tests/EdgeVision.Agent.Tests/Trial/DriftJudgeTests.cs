using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent.Tests;

/// <summary>The model in service ("new") beside the one before ("old"), which looks on.</summary>
public sealed class DriftJudgeTests
{
    [Fact]
    public void Find_AsInTheShadowRun_IsNone() => Assert.Null(DriftJudge.Find(Window(frames: 20, now: 1, before: 1), Shadow()));

    [Fact]
    public void Find_BothSeeLessAtNight_IsNone() => Assert.Null(DriftJudge.Find(Window(frames: 16, now: 1, before: 1), Shadow(answersEach: 5)));

    [Fact]
    public void Find_NewGoesBlind_SaysByHowMuch()
    {
        Assert.Equal("it gives 0.00 answers for each of the model before, 1.00 are usual and 0.25 to 4.00 allowed", DriftJudge.Find(Window(frames: 20, now: 0, before: 2), Shadow()));
    }

    [Fact]
    public void Find_NewSeesGhosts_IsDrift() => Assert.NotNull(DriftJudge.Find(Window(frames: 20, now: 3, before: 0), Shadow()));

    [Fact]
    public void Find_OthersThanBefore_IsDrift()
    {
        // as many as ever, but all somewhere else: agreement 0 where it was 1
        var drift = DriftJudge.Find(Window(frames: 20, now: 1, before: 1, shift: 500), Shadow());

        Assert.StartsWith("its agreement with the model before is 0.000, it was 1.000", drift, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_OnlyTheNewOnesConfidenceShifts_IsDrift_ButNotWhenBothDo()
    {
        Assert.StartsWith("its confidences have shifted by 1.00", DriftJudge.Find(Window(frames: 20, now: 1, before: 1, confidence: 0.35f), Shadow()), StringComparison.Ordinal);
        Assert.Null(DriftJudge.Find(Window(frames: 20, now: 1, before: 1, confidence: 0.35f, confidenceBefore: 0.35f), Shadow()));
    }

    [Fact]
    public void Find_NoShadowRunToCompareWith_OnlyACollapseCounts()
    {
        Assert.Null(DriftJudge.Find(Window(frames: 20, now: 1, before: 5), null));
        Assert.Null(DriftJudge.Find(Window(frames: 20, now: 1, before: 1, shift: 500), null));
        Assert.NotNull(DriftJudge.Find(Window(frames: 20, now: 0, before: 1), null));
    }

    private static AgreementTally Window(int frames, int now, int before, float shift = 0, float confidence = 0.9f, float confidenceBefore = 0.9f)
    {
        var tally = new AgreementTally(ScriptedModel.PersonCar, ScriptedModel.PersonCar);
        for (var i = 0; i < frames; i++)
        {
            tally.Add(Seen(now, shift, confidence), Seen(before, 0, confidenceBefore), 1, sound: true);
        }

        return tally;
    }

    /// <summary>The candidate was the new one then.</summary>
    private static AnswerReference Shadow(int answersEach = 1) => AnswerReference.Of(Window(frames: 100, answersEach, answersEach))!;

    private static VisionResult Seen(int count, float shift, float confidence)
    {
        var result = new VisionResult();
        for (var i = 0; i < count; i++)
        {
            result.Detections.Add(new BoundingBox(shift + 50 * i, 0, shift + 50 * i + 20, 20), confidence, 0);
        }

        return result;
    }
}
