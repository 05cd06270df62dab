using EdgeVision.Imaging;
using EdgeVision.Inference;

namespace EdgeVision.Agent.Tests;

public sealed class ResultCheckTests
{
    [Theory]
    [InlineData(10, 0.9f, 0, true)]
    [InlineData(10, 1.0005f, 0, true)]      // the last digits of a sum of float32
    [InlineData(10, 1.1f, 0, false)]
    [InlineData(10, -0.1f, 0, false)]
    [InlineData(10, float.NaN, 0, false)]
    [InlineData(float.NaN, 0.9f, 0, false)]
    [InlineData(float.PositiveInfinity, 0.9f, 0, false)]
    [InlineData(10, 0.9f, 2, false)]        // two labels: 0 and 1
    [InlineData(10, 0.9f, -1, false)]
    public void IsSound_OneBox_IsMadeOfNumbersInTheirRange(float x2, float confidence, int classId, bool expected)
    {
        using var model = ScriptedModel.Seeing();
        var result = new VisionResult();
        result.Detections.Add(new BoundingBox(0, 0, x2, 10), confidence, classId);

        Assert.Equal(expected, ResultCheck.IsSound(model, result));
    }

    [Fact]
    public void IsSound_OutputsWithoutNumbersAndNothingSeen_IsNot()
    {
        using var model = new ScriptedModel(ScriptedModel.PersonCar, (_, _) => { }) { IsFinite = _ => false };

        Assert.False(ResultCheck.IsSound(model, new VisionResult()));
    }
}
