namespace EdgeVision.Compression.Tests;

/// <summary>Real models in 8 bits against themselves in floats, on pictures that need no truth.</summary>
public sealed class AccuracyTrialTests(ITestOutputHelper output)
{
    [Fact]
    public void Quantize_YoloxNanoWithItsStemInFloats_FindsTheFloatNetworksBoxes()
    {
        using var trial = new AccuracyTrial("yolox-nano", "coco/val2017_100_images", "coco/val2017_100_images", 12);

        var (all, stem) = (trial.Agreement(CalibrationMethod.SwishSquaredError), trial.Agreement(CalibrationMethod.SwishSquaredError, "Conv_41", "Conv_44", "Conv_47"));

        // Boxes are the same from an IoU of 0.9. The stem's channels differ in range by 359 to 719 times, which one scale cannot hold.
        output.WriteLine($"boxes as in floats: {all:0.000} all in 8 bits, {stem:0.000} with the stem in floats");
        Assert.InRange(stem, 0.55, 1);
        Assert.InRange(all, 0, stem - 0.1);
    }

    [Fact]
    public void Quantize_SqueezeNetCalibratedOnOtherPictures_NamesWhatTheFloatNetworkNames()
    {
        using var trial = new AccuracyTrial("squeezenet", "coco/val2017_100_images", "imagenet/images", 50);

        var agreement = trial.Agreement(CalibrationMethod.MeanSquaredError);

        output.WriteLine($"first classes as in floats: {agreement:0.000}");
        Assert.InRange(agreement, 0.8, 1);
    }
}
