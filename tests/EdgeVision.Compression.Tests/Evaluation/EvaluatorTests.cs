namespace EdgeVision.Compression.Tests;

/// <summary>Real models on real sets, whose figures other programs measured too.</summary>
public sealed class EvaluatorTests(ITestOutputHelper output)
{
    [Fact]
    public void Evaluate_TenThousandDigits_IsAsRightAsMeasuredElsewhere()
    {
        var (evaluation, _) = Evaluate("mnist-cnn", "datasets/mnist_t10k");

        Assert.Equal(("top1", 0.9891, 10_000), (evaluation.Metric, evaluation.Value, evaluation.Count));
        Assert.True(evaluation.Low < 0.9891 && evaluation.High > 0.9891 && evaluation.LatencyMsP50 > 0);
    }

    [Fact]
    public void Evaluate_CifarInAZip_IsAsRightAsMeasuredElsewhere()
    {
        var (evaluation, _) = Evaluate("resnet8-cifar10", "datasets/cifar10_test_jpeg.zip", limit: 2000);

        Assert.InRange(evaluation.Value, 0.735, 0.775); // 75.48 % of all 10,000
    }

    [Fact]
    public void Evaluate_Plates_ReadsAsManyAsMeasuredElsewhere()
    {
        var (evaluation, _) = Evaluate("lprnet", "plates");

        output.WriteLine($"LPRNet: {evaluation.Value:0.000} of {evaluation.Count} plates, {evaluation.Further["characters"]:0.000} of the characters");
        Assert.Equal(("text", 500), (evaluation.Metric, evaluation.Count));
        Assert.InRange(evaluation.Value, 0.879, 0.909); // 89.4 % of 1000, of which these are half
    }

    [Fact]
    public void Evaluate_TwoRuns_AreTheSame()
    {
        var (first, _) = Evaluate("lprnet", "plates", limit: 30);
        var (second, _) = Evaluate("lprnet", "plates", limit: 30);

        Assert.Equal(first.Items, second.Items);
        Assert.Equal((0, 1), (PairedComparison.Of(first, second).Drop, PairedComparison.Of(first, second).P));
    }

    [Fact]
    public void Evaluate_AgainstItself_Agrees()
    {
        using var package = ZooPackage.Open("fastestdet");
        using var dataset = Dataset.Open(TestData.Require("coco/val2017_100_images"), new DatasetOptions { PicturesOnly = true, Limit = 10 });
        using var model = Evaluator.Load(package.Package, dataset.Kind);
        using var reference = Evaluator.Load(package.Package, dataset.Kind);

        var evaluation = Evaluator.Evaluate(model, dataset, new EvaluationOptions { Reference = reference });

        Assert.Equal(("agreement", 1, 1, 1), (evaluation.Metric, evaluation.Value, evaluation.Low, evaluation.High));
        Assert.Contains(evaluation.Items, item => item.Agreement is { Both: > 0 });
    }

    [Fact]
    public void Evaluate_StoppedAtTheLastPicture_GivesNoHalfEvaluation()
    {
        using var package = ZooPackage.Open("mnist-cnn");
        using var dataset = Dataset.Open(TestData.Require("datasets/mnist_t10k"), DatasetOptions.For(package.Package) with { Limit = 1 });
        using var model = Evaluator.Load(package.Package, dataset.Kind);
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => Evaluator.Evaluate(model, dataset, null, new StopAtOnce(stop), stop.Token));
    }

    [Fact]
    public void Evaluate_UnreadablePictures_AreNamed()
    {
        using var folder = new DatasetFolder();
        folder.Pictures("0/a.jpg", "1/b.jpg", "1/d.jpg").Text("0/c.jpg", "no picture").Write("1/e.jpg", DatasetFolder.Picture[..200]);
        using var package = ZooPackage.Open("mnist-cnn");
        using var dataset = Dataset.Open(folder.Path, DatasetOptions.For(package.Package));
        using var model = Evaluator.Load(package.Package, dataset.Kind);

        var refusal = Assert.Throws<CompressionException>(() => Evaluator.Evaluate(model, dataset));
        var tolerant = Evaluator.Evaluate(model, dataset, new EvaluationOptions { MaxUnreadable = 0.5 });

        Assert.Contains("2 of 5 pictures cannot be read, more than 1 %: 0/c.jpg is not a picture", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((3, 2), (tolerant.Count, tolerant.Unreadable.Count));
    }

    [Fact]
    public void Evaluate_DetectorOnClasses_IsRefused()
    {
        using var package = ZooPackage.Open("fastestdet");
        using var folder = new DatasetFolder();
        using var dataset = Dataset.Open(folder.Pictures("cat/1.jpg").Path, DatasetOptions.For(package.Package));
        using var model = Evaluator.Load(package.Package, dataset.Kind);

        Assert.Contains("answers with Boxes, but the data set knows Classes", Assert.Throws<CompressionException>(() => Evaluator.Evaluate(model, dataset)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_Stopped_Ends()
    {
        using var package = ZooPackage.Open("mnist-cnn");
        using var dataset = Dataset.Open(TestData.Require("datasets/mnist_t10k"), DatasetOptions.For(package.Package));
        using var model = Evaluator.Load(package.Package, dataset.Kind);
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => Evaluator.Evaluate(model, dataset, null, new StopAt(0.01, stop), stop.Token));
    }

    private static (Evaluation Evaluation, string Digest) Evaluate(string name, string data, int limit = 0)
    {
        using var package = ZooPackage.Open(name);
        using var dataset = Dataset.Open(TestData.Require(data), DatasetOptions.For(package.Package) with { Limit = limit });
        using var model = Evaluator.Load(package.Package, dataset.Kind);
        return (Evaluator.Evaluate(model, dataset), dataset.Digest);
    }

    private sealed class StopAt(double share, CancellationTokenSource stop) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= share)
            {
                stop.Cancel();
            }
        }
    }

    private sealed class StopAtOnce(CancellationTokenSource stop) : IProgress<double>
    {
        public void Report(double value) => stop.Cancel();
    }
}
