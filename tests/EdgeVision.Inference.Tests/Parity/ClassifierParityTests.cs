using System.Globalization;
using EdgeVision.Imaging;

namespace EdgeVision.Inference.Tests;

/// <summary>Classifiers against numbers that other programs computed from the same pictures and networks (I1, I2).</summary>
public sealed class ClassifierParityTests(ITestOutputHelper output)
{
    private const string Reference = "models/squeezenet/reference/";

    [Theory]
    [InlineData("fish")]
    [InlineData("kitten_224")]
    public void ImageToTensor_ReferencePicture_IsTheReferenceTensorExactly(string name)
    {
        using var frame = Shipped.Picture(TestData.Require($"{Reference}{name}.png"));
        var tensor = new float[3 * 224 * 224];

        new ImageToTensor(new TensorSpec { Width = 224, Height = 224, Resize = ResizeMode.Stretch }).Convert(frame, tensor);

        Assert.Equal(ReferenceNumbers.Read($"{Reference}{name}.csv"), tensor);
    }

    [Theory]
    [InlineData("squeezenet", "expected_Squeezenet_fish_input_CPU.csv", 2e-3f)]
    [InlineData("squeezenet-fp16", "expected_Squeezenet_fp16_fish_input_CPU.csv", 5e-3f)]
    public void VisionModel_FishPicture_GivesTheReferenceProbabilitiesAndTopFive(string model, string reference, float tolerance)
    {
        using var folder = new TemporaryDirectory();
        using var squeezenet = Shipped.LoadUnprepared(model, folder.Path);
        using var fish = Shipped.Picture(TestData.Require($"{Reference}fish.png"));
        var result = new VisionResult();

        squeezenet.Infer(fish, result);

        var expected = ReferenceNumbers.ReadValues(Reference + reference);
        Assert.Equal(1000, result.Classes.Count);
        var farthest = result.Classes.Max(score => MathF.Abs(score.Confidence - expected[score.ClassId]));
        output.WriteLine($"{model}: largest difference {farthest:0.00000}");
        Assert.InRange(farthest, 0, tolerance);
        Assert.Equal(TopFive(expected), result.Classes.Take(5).Select(score => score.ClassId));
        Assert.Equal([0, 389, 395, 5, 390], result.Classes.Take(5).Select(score => score.ClassId));
    }

    [Fact]
    public void VisionModel_TwoHundredImageNetPictures_NamesSixtyFourPercentRight()
    {
        // The same network with Pillow's resizing: 65.0.
        var pictures = File.ReadLines(TestData.Require("imagenet/labels.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        using var squeezenet = Shipped.Load("squeezenet");

        var right = pictures.Count(row => TopOne(squeezenet, TestData.Require("imagenet/" + row[0])) == int.Parse(row[1], CultureInfo.InvariantCulture));

        output.WriteLine($"SqueezeNet top-1: {right} of {pictures.Count}");
        Assert.Equal(200, pictures.Count);
        Assert.InRange(right, 128, 200);
    }

    [Fact]
    public void OrtRunner_DigitPicture_GivesTheReferenceLogits()
    {
        // The reference was computed from the picture by another library, which resized it: up to 2.4 apart where the largest logit is 6081.
        using var runner = OrtRunner.Load(Zoo.Open("mnist-cnn"), new InferenceOptions());
        using var digit = Shipped.Picture(TestData.Require("models/mnist_cnn/reference/mnist_28.png"));
        var spec = new TensorSpec { Width = 28, Height = 28, Channels = ChannelOrder.Gray, Resize = ResizeMode.Stretch };
        new ImageToTensor(spec).Convert(digit, runner.Input.Floats);

        runner.Run();

        var expected = ReferenceNumbers.ReadValues("models/mnist_cnn/reference/expected_Mnist_8_input_CPU.csv");
        Assert.Equal(10, expected.Length);
        Assert.All(expected.Zip(runner.Outputs[0].ReadFloats().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2.5f));
    }

    private static int TopOne(VisionModel model, string path)
    {
        using var frame = Shipped.Picture(path);
        var result = new VisionResult();
        model.Infer(frame, result);
        return result.Classes[0].ClassId;
    }

    private static IEnumerable<int> TopFive(float[] probabilities) => Enumerable.Range(0, probabilities.Length).OrderByDescending(i => probabilities[i]).Take(5);
}
