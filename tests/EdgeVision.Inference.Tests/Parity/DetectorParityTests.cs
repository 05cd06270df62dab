using EdgeVision.Compression;
using EdgeVision.Imaging;

namespace EdgeVision.Inference.Tests;

/// <summary>Detectors on pictures, against true boxes and against what the same networks found elsewhere (I1).</summary>
public sealed class DetectorParityTests(ITestOutputHelper output)
{
    [Fact]
    public void VisionModel_HundredCocoPictures_FindsPersonsWithTheReferencePrecision()
    {
        // The same network in another program: AP50 0.783.
        using var yolox = Shipped.Load("yolox-nano", minConfidence: Evaluator.LeastConfidence);
        var options = new DatasetOptions { Labels = yolox.Labels, Pictures = TestData.Require("coco/val2017_100_images") };
        using var persons = Dataset.Open(TestData.Require("coco/val2017_100_person_keypoint_labels"), options);
        var evaluation = Evaluator.Evaluate(yolox, persons);

        output.WriteLine($"YOLOX-Nano, COCO, person AP50: {evaluation.Value:0.0000} ({evaluation.Low:0.000} to {evaluation.High:0.000})");
        Assert.Equal(100, evaluation.Count);
        Assert.Equal(186, evaluation.Classes.Single().Truths);
        Assert.InRange(evaluation.Value, 0.775, 1);
    }

    [Fact]
    public void VisionModel_HundredCocoPictures_FindsTheReferenceDetections()
    {
        // Looked for among boxes somewhat less sure than the reference's 0.25, because a confidence may differ by 0.03.
        using var yolox = Shipped.Load("yolox-nano", minConfidence: 0.2f);
        var references = CocoPictures.References();
        var result = new VisionResult();
        var found = 0;
        foreach (var path in CocoPictures.Paths())
        {
            using var frame = Shipped.Picture(path);
            yolox.Infer(frame, result);
            found += references.GetValueOrDefault(Path.GetFileName(path), []).Count(reference => reference.IsIn(result.Detections));
        }

        output.WriteLine($"reference detections found: {found} of {references.Values.Sum(list => list.Length)}");
        Assert.Equal(488, references.Values.Sum(list => list.Length));
        Assert.InRange(found, 474, 488); // 97 % of 488 is 473.4
    }

    [Fact]
    public void VisionModel_BoxesDecodedInsideAndOutsideTheNetwork_AreTheSame()
    {
        // Persons near the camera: faces large enough for a network of 320x240.
        using var frame = Shipped.Picture(TestData.Require(FacePicture));
        var inside = Detect("ultraface", frame);
        var outside = Detect("ultraface-priors", frame);

        output.WriteLine($"faces: {string.Join(" ", inside.Confidences.ToArray())}");
        Assert.NotEqual(0, inside.Count);
        Assert.Equal(inside.Count, outside.Count);
        for (var i = 0; i < inside.Count; i++)
        {
            Assert.Equal(inside.Confidences[i], outside.Confidences[i], 1e-4f);
            Assert.InRange(inside.Boxes[i].IntersectionOverUnion(outside.Boxes[i]), 0.999f, 1.001f);
        }
    }

    private const string FacePicture = "coco/val2017_100_images/000000000785.jpg";

    private static Detections Detect(string model, Frame frame)
    {
        using var loaded = Shipped.Load(model);
        var result = new VisionResult();
        loaded.Infer(frame, result);
        return result.Detections;
    }
}
