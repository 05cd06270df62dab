using EdgeVision.Inference;

namespace EdgeVision.Compression.Tests;

/// <summary>A real model calibrated on a few pictures and asked whether its 8 bits answer as its floats do.</summary>
internal sealed class AccuracyTrial : IDisposable
{
    private const int CalibrationPicturesTaken = 12;

    private readonly TemporaryDirectory _folder = new();
    private readonly ZooPackage _package;
    private readonly EvaluationBench _bench;
    private readonly QuantizationGround _ground;

    public AccuracyTrial(string model, string calibration, string evaluation, int pictures)
    {
        var (calibrates, evaluates) = (TestData.Require(calibration), TestData.Require(evaluation));
        _package = ZooPackage.Open(model);
        var subject = FloatSubject.Open(_package.Package.Directory);
        var work = new WorkFolder(_folder.File("work"), fresh: false);
        var network = PreparedNetwork.Clean(subject);
        using var taken = CalibrationPictures.Open(calibrates, subject.Manifest, CalibrationPicturesTaken, null, default);
        NetworkTensor[] samples = taken.Some(2, long.MaxValue);
        var values = QdqQuantizer.ValuesToCalibrate(network.Open(), new QuantizationOptions());
        _ground = new QuantizationGround(network, Calibrator.Collect(network.Onnx, model, values, taken), samples, work);
        _bench = new EvaluationBench(subject, Dataset.Open(evaluates, new DatasetOptions { PicturesOnly = true, Limit = pictures }), work);
    }

    /// <summary>0 to 1, with these layers in floats.</summary>
    public double Agreement(CalibrationMethod method, params string[] layers)
    {
        var islands = new LayerIslands(_ground.Network.Open().Graph).With(layers.ToHashSet(StringComparer.Ordinal));
        var network = _ground.Quantize(new QuantizationRecipe(new RangeRule { Method = method }), QuantizationForm.CpuU8S8, islands);
        return _bench.Evaluate(network.Onnx, "int8-cpu-u8s8", null, default).Value;
    }

    public void Dispose()
    {
        _bench.Dispose();
        _package.Dispose();
        _folder.Dispose();
    }
}
