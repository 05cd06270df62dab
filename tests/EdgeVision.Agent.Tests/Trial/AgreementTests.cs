using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent.Tests;

public sealed class AgreementTests
{
    private static readonly string[] PersonCar = ["person", "car"], CarPerson = ["Car", "Person", "bus"];

    [Fact]
    public void Count_OtherOrderOfLabels_MatchesByName()
    {
        var active = Detections.Of((0, 0, 10, 10, 0.9f, 0), (20, 20, 30, 30, 0.8f, 1));
        var candidate = Detections.Of((0, 0, 10, 10, 0.9f, 1), (20, 20, 30, 30, 0.8f, 1), (20, 20, 30, 30, 0.7f, 2));

        // the first is a person in both; the second is a person where a car is; the third a bus, which the other does not know
        Assert.Equal(1, new BoxMatcher().Count(active, candidate, new LabelMap(CarPerson, PersonCar)));
    }

    [Theory]
    [InlineData(20, 1)]    // 10x10 within 10x20: 100 of 200 shared, exactly a half
    [InlineData(20.1, 0)]  // 100 of 201
    public void Count_HalfShared_IsTheLimit(float height, int expected)
    {
        Assert.Equal(expected, new BoxMatcher().Count(Detections.Of((0, 0, 10, 10, 0.9f, 0)), Detections.Of((0, 0, 10, height, 0.9f, 0)), new LabelMap(PersonCar, PersonCar)));
    }

    [Fact]
    public void Count_TwoBoxesOnOne_OnlyOneMatches_AndTakesTheNearest()
    {
        // The surer candidate shares 100/120 with the first box and 80/120 with the second; the other one finds only the second left.
        var active = Detections.Of((0, 0, 10, 12, 0.9f, 0), (0, 2, 10, 12, 0.9f, 0));
        var map = new LabelMap(PersonCar, PersonCar);

        Assert.Equal(2, new BoxMatcher().Count(active, Detections.Of((0, 0, 10, 10, 0.9f, 0), (0, 0, 10, 12, 0.8f, 0)), map));
        Assert.Equal(1, new BoxMatcher().Count(Detections.Of((0, 0, 10, 10, 0.9f, 0)), Detections.Of((0, 0, 10, 10, 0.9f, 0), (0, 0, 10, 10, 0.8f, 0)), map));
    }

    [Fact]
    public void Add_FourAgainstFiveThreeTheSame_AgreementIsSixNinths()
    {
        // persons at x 0, 100, 200 and a car at 300 | the same three persons... but the third 50 to the side, a car at 300, a car at 400
        var active = Boxes((0, 0), (100, 0), (200, 0), (300, 1));
        var candidate = Boxes((0, 0), (100, 0), (250, 0), (300, 1), (400, 1));
        var tally = new AgreementTally(PersonCar, PersonCar);

        tally.Add(active, candidate, latencyMs: 10, sound: true);

        var figures = tally.Read();
        Assert.Equal((1, 1, 3, 4, 5), (figures.Frames, figures.Seen, figures.Matched, figures.Active, figures.Candidate));
        Assert.Equal(6.0 / 9, figures.Agreement, 6);
        Assert.Equal(1.25, figures.RateRatio, 6);
        Assert.Equal(0.15, figures.ClassDistance, 6); // persons 3/4 and 3/5, cars 1/4 and 2/5: half of 0.15 + 0.15
    }

    [Fact]
    public void Add_Classifiers_ComparesTheFirstClass()
    {
        var tally = new AgreementTally(PersonCar, CarPerson);
        foreach (var (active, candidate) in new[] { (0, 1), (0, 1), (1, 0), (1, 1) }) // car is 0 there, person is 1
        {
            tally.Add(Class(active), Class(candidate), latencyMs: 1, sound: true);
        }

        Assert.Equal(0.75, tally.Read().Agreement, 6);
    }

    [Fact]
    public void Add_NothingToSee_CountsTheFrameButNotAsSeen()
    {
        var tally = new AgreementTally(PersonCar, PersonCar);

        tally.Add(new VisionResult(), new VisionResult(), latencyMs: 1, sound: true);

        Assert.Equal((1, 0, 1.0, 1.0), (tally.Read().Frames, tally.Read().Seen, tally.Read().Agreement, tally.Read().RateRatio));
    }

    [Fact]
    public void Add_Unsound_IsCountedAndNotCompared()
    {
        var tally = new AgreementTally(PersonCar, PersonCar);

        tally.Add(Boxes((0, 0)), Boxes((0, 0)), latencyMs: 1, sound: false);

        Assert.Equal((1, 1, 0L), (tally.Read().Frames, tally.Read().Unsound, tally.Read().Matched));
    }

    [Fact]
    public void Add_SteadyState_AllocatesNothing()
    {
        var tally = new AgreementTally(PersonCar, PersonCar);
        var (active, candidate) = (Boxes((0, 0), (100, 1)), Boxes((0, 0), (100, 1)));
        tally.Add(active, candidate, 1, sound: true);

        Assert.Equal(0, Allocated.Bytes(100, () => tally.Add(active, candidate, 1, sound: true)));
    }

    [Fact]
    public void LabelMap_NoNameInCommon_SharesNothing()
    {
        var map = new LabelMap(["cat"], PersonCar);

        Assert.Equal((0, -1, -1), (map.Shared, map[0], map[7]));
    }

    [Fact]
    public void ConfidenceHistogram_HalfOfItElsewhere_IsHalfAway()
    {
        var (one, other) = (new ConfidenceHistogram(), new ConfidenceHistogram());
        one.Add(0.95f);
        one.Add(0.95f);
        Assert.Equal(0, one.DistanceTo(other));
        other.Add(0.95f);
        other.Add(0.45f);

        Assert.Equal(0.5, one.DistanceTo(other), 6);
        Assert.Equal(0, one.DistanceTo(one), 6);
    }

    /// <summary>Boxes of 20x20 at (x, 0).</summary>
    private static VisionResult Boxes(params ReadOnlySpan<(float X, int ClassId)> boxes)
    {
        var result = new VisionResult();
        foreach (var (x, classId) in boxes)
        {
            result.Detections.Add(new BoundingBox(x, 0, x + 20, 20), 0.9f, classId);
        }

        return result;
    }

    private static VisionResult Class(int classId)
    {
        var result = new VisionResult();
        result.Classes.Add(new ClassScore(classId, 0.8f));
        return result;
    }
}
