using EdgeVision.Imaging;
using EdgeVision.Packaging;

namespace EdgeVision.Inference.Tests;

public sealed class AnswerMatchTests
{
    private static readonly GoldenAnswer Car = new(2, 0.9f, 0, 0, 10, 10);

    [Fact]
    public void AnswerMatch_BoxThreePixelsLower_IsTheSameObject()
    {
        // 10x10 at (0,0) and at (0,3): 70 of 130.
        var match = AnswerMatch.OfBoxes([Car], Detections.Of((0, 3, 10, 13, 0.8f, 2)), certain: 0.3);

        Assert.Equal((1, 0, 0), (match.Matched, match.Missing, match.Extra));
        Assert.Equal(70.0 / 130, match.IoU, 1e-6);
        Assert.Equal(0.1, match.WorstScoreDelta, 1e-6);
    }

    [Theory]
    [InlineData(0, 4, 2, "less than half in common")]
    [InlineData(0, 0, 3, "another class")]
    public void AnswerMatch_OtherPlaceOrClass_IsMissingAndExtra(float x, float y, int classId, string why)
    {
        // 10x10 at (0,0) and at (0,4): 60 of 140, 0.43.
        var match = AnswerMatch.OfBoxes([Car], Detections.Of((x, y, x + 10, y + 10, 0.9f, classId)), certain: 0.3);

        Assert.True((0, 1, 1) == (match.Matched, match.Missing, match.Extra), why);
    }

    [Fact]
    public void AnswerMatch_BoxTwiceAsLarge_IsAnotherObject()
    {
        // 10x10 in 20x20: 100 of 400.
        var match = AnswerMatch.OfBoxes([Car], Detections.Of((0, 0, 20, 20, 0.9f, 2)), certain: 0.3);

        Assert.Equal((0, 1, 1), (match.Matched, match.Missing, match.Extra));
    }

    [Fact]
    public void AnswerMatch_TwoNearBoxes_AreMatchedOnceEach()
    {
        var match = AnswerMatch.OfBoxes([Car, Car with { Confidence = 0.8f, Y1 = 2, Y2 = 12 }], Detections.Of((0, 2, 10, 12, 0.8f, 2), (0, 0, 10, 10, 0.9f, 2)), certain: 0.3);

        Assert.Equal((2, 0, 0), (match.Matched, match.Missing, match.Extra));
        Assert.Equal(2, match.IoU, 1e-6);
        Assert.Equal(0, match.WorstScoreDelta, 1e-6);
    }

    // Reported from 0.25 on, tolerance 0.05: what is less sure than 0.3 may be on either side of the limit.
    [Theory]
    [InlineData(0.299f, 0)]
    [InlineData(0.3f, 1)]
    public void AnswerMatch_BoxNearTheReportingLimit_CountsFromTheToleranceOn(float confidence, int expected)
    {
        var missing = AnswerMatch.OfBoxes([Car with { Confidence = confidence }], new Detections(), certain: 0.3f);
        var extra = AnswerMatch.OfBoxes([], Detections.Of((0, 0, 10, 10, confidence, 2)), certain: 0.3f);

        Assert.Equal((expected, expected), (missing.Missing, extra.Extra));
    }

    [Fact]
    public void AnswerMatch_OtherFirstClass_IsMissingAndItsScoreIsLookedUp()
    {
        var match = AnswerMatch.OfClasses([new GoldenAnswer(0, 0.8f), new GoldenAnswer(1, 0.1f)], [new ClassScore(1, 0.5f), new ClassScore(0, 0.4f)]);

        Assert.Equal((0, 1, 1), (match.Matched, match.Missing, match.Extra));
        Assert.Equal(0.4, match.WorstScoreDelta, 1e-6);
    }

    [Fact]
    public void AnswerMatch_ClassThatIsNotAmongTheAnswers_HasAtMostTheLastScore()
    {
        var match = AnswerMatch.OfClasses([new GoldenAnswer(7, 0.8f)], [new ClassScore(1, 0.5f), new ClassScore(0, 0.3f)]);

        Assert.Equal(0.5, match.WorstScoreDelta, 1e-6);
    }

    // Two boxes that share 0.95 and 0.85 of each other: 0.9 in the mean.
    [Theory]
    [InlineData(0.9, GoldenOutcome.Pass)]
    [InlineData(0.9001, GoldenOutcome.Differs)]
    public void GoldenTally_MeanIoU_PassesUpToTheGate(double minIoU, GoldenOutcome expected)
    {
        var tally = new GoldenTally(new GoldenGate { MinIoU = minIoU });
        tally.Add("a.jpg", new AnswerMatch(1, 0, 0, 0.95, 0.95, 0, 0), GoldenKind.Boxes);
        tally.Add("b.jpg", new AnswerMatch(1, 0, 0, 0.85, 0.85, 0, 0), GoldenKind.Boxes);

        var report = tally.Judge(GoldenKind.Boxes);

        Assert.Equal(expected, report.Outcome);
        Assert.Equal(0.9, report.MeanIoU, 1e-9);
        Assert.Equal("b.jpg", report.FirstFailing);
    }

    [Fact]
    public void GoldenTally_TwoMissingOfTen_AgreesByNineteenthsAndSaysSo()
    {
        var tally = new GoldenTally(new GoldenGate());
        tally.Add("a.jpg", new AnswerMatch(8, 2, 0, 8, 1, 0, 0), GoldenKind.Boxes);

        var report = tally.Judge(GoldenKind.Boxes);

        // Twice 8 of 8 and 10.
        Assert.Equal(16.0 / 18, report.Top1, 1e-9);
        Assert.Contains("2 expected boxes are missing and 0 are new: 0.889 of the answers agree, gates.golden.minTop1 asks for 0.97; the first is in frame a.jpg", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void GoldenTally_FramesThatFailForManyReasons_NamesTheFirstOfTheReasonItGives()
    {
        var tally = new GoldenTally(new GoldenGate());
        tally.Add("unsure.jpg", new AnswerMatch(1, 0, 0, 1, 1, 0.2, 0.2), GoldenKind.Boxes);
        tally.Add("other.jpg", new AnswerMatch(0, 1, 1, 0, 1, 0, 0), GoldenKind.Boxes);

        var report = tally.Judge(GoldenKind.Boxes);

        Assert.Equal("unsure.jpg", report.FirstFailing);
        Assert.Contains("the first is in frame other.jpg", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void GoldenTally_NothingExpectedNothingSeen_Passes()
    {
        var tally = new GoldenTally(new GoldenGate());
        tally.Add("empty.jpg", AnswerMatch.OfBoxes([], new Detections(), 0.3), GoldenKind.Boxes);

        Assert.Equal((GoldenOutcome.Pass, 1, 1), (tally.Judge(GoldenKind.Boxes).Outcome, tally.Judge(GoldenKind.Boxes).Top1, tally.Judge(GoldenKind.Boxes).MeanIoU));
    }
}
