using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Compression.Tests;

/// <summary>What a model said of one picture, held against the truth.</summary>
public sealed class ScorerTests
{
    private static readonly DatasetClasses _classes = new(["cat", "dog"]);

    [Fact]
    public void BoxScorer_SameObjectTwiceAndInACrowd_IsHitFalseAlarmAndNothing()
    {
        // an object at (0,0)-(10,10) and a crowd at (20,0)-(40,10); boxes: the object, the object again, a part of the crowd, a dog's class that no truth has
        TrueBox[] truths = [new(0, new BoundingBox(0, 0, 10, 10)), new(0, new BoundingBox(20, 0, 40, 10), IsIgnored: true)];
        var outcome = Score(truths, Detections.Of((0, 0, 10, 10, 0.9f, 0), (0, 0, 10, 9, 0.8f, 0), (22, 0, 30, 10, 0.7f, 0), (0, 0, 10, 10, 0.6f, 1)));

        Assert.Equal([new FoundBox(0, 0.9f, true), new FoundBox(0, 0.8f, false)], outcome.Boxes!.Found);
        Assert.Equal([0], outcome.Boxes.Truths);
        Assert.Equal(("1 cat", "2 cat"), (outcome.Expected, outcome.Answered));
    }

    [Fact]
    public void BoxScorer_OverlapOfLessThanHalf_IsAFalseAlarm() // 10x10 and 10x10 shifted by 4: 60 of 140, IoU 0.43
    {
        var outcome = Score([new(0, new BoundingBox(0, 0, 10, 10))], Detections.Of((0, 4, 10, 14, 0.9f, 0)));

        Assert.Equal([new FoundBox(0, 0.9f, false)], outcome.Boxes!.Found);
        Assert.Equal(0, outcome.Score);
    }

    [Fact]
    public void TextScorer_DotAndOneWrongCharacter_CountsCharacters()
    {
        var scorer = new TextScorer("·");

        var right = scorer.Score(Item(new Truth { Text = "沪C21" }), null!, Read("沪C·21"));
        var wrong = scorer.Score(Item(new Truth { Text = "ABC1" }), null!, Read("AB1"));

        Assert.Equal((1, 0), (right.Score, wrong.Score));
        Assert.Equal(7.0 / 8, scorer.Further["characters"], 9);
    }

    [Fact]
    public void ClassScorer_TruthSecond_IsWrong()
    {
        var result = new VisionResult();
        result.Classes.AddRange([new ClassScore(1, 0.6f), new ClassScore(0, 0.4f)]);

        var outcome = new ClassScorer(_classes).Score(Item(new Truth { ClassId = 0 }), null!, result);

        Assert.Equal((0, "cat", "dog"), (outcome.Score, outcome.Expected, outcome.Answered));
    }

    private static ItemOutcome Score(IReadOnlyList<TrueBox> truths, Detections said)
    {
        var item = Item(new Truth { Boxes = truths });
        var result = new VisionResult();
        for (var i = 0; i < said.Count; i++)
        {
            result.Detections.Add(said.Boxes[i], said.Confidences[i], said.ClassIds[i]);
        }

        using var dataset = new Dataset(DatasetKind.Boxes, _classes, [item], "", []);
        using var frame = new FramePool("test", new ImageLayout(PixelFormat.Gray8, 40, 20), capacity: 1).TryRent()!;
        return new BoxScorer(dataset, 0.5f).Score(item, frame, result);
    }

    private static DatasetItem Item(Truth truth) => new("picture", truth);

    private static VisionResult Read(string text)
    {
        var result = new VisionResult();
        foreach (var letter in text)
        {
            result.Text.Add(letter.ToString(), 1);
        }

        return result;
    }
}
