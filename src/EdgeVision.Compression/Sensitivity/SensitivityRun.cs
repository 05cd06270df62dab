using EdgeVision.Inference;
using EdgeVision.Onnx;
using EdgeVision.Onnx.Schema;

namespace EdgeVision.Compression;

/// <summary>One measurement of sensitivity.</summary>
internal sealed class SensitivityRun
{
    private readonly OnnxModel _model;
    private readonly CalibrationData _calibration;
    private readonly QuantizationOptions _options;
    private readonly QuantizationPlan _plan;
    private readonly OutputError _outputs;
    private readonly IProgress<double>? _progress;
    private readonly CancellationToken _stop;
    private readonly NodeProto[] _layers;

    public SensitivityRun(OnnxModel model, CalibrationData calibration, QuantizationOptions options, IReadOnlyList<NetworkTensor> samples, IProgress<double>? progress, CancellationToken stop)
    {
        (_model, _calibration, _options, _progress, _stop) = (model, calibration, options, progress, stop);
        _ = QdqQuantizer.ValuesToCalibrate(model, options);
        _plan = new QuantizationPlan(model.Graph, options);
        _outputs = new OutputError(model.Save(), model.Proto.Graph.Name, samples);
        _layers = [.. _plan.Nodes.All.Where(node => _plan.Nodes.RoleOf(node) == OperatorRole.Weighted)];
    }

    public SensitivityReport Measure(int cumulative)
    {
        LayerSensitivity[] layers = [.. _layers.Select(Layer).OrderBy(layer => layer.OutputSqnr).ThenBy(layer => layer.Node, StringComparer.Ordinal)];
        ValueSensitivity[] values = [.. Values().OrderBy(value => value.Sqnr ?? double.MaxValue).ThenBy(value => value.Value, StringComparer.Ordinal)];
        return new SensitivityReport(layers, values, [.. Cumulative(layers, cumulative)]);
    }

    private LayerSensitivity Layer(NodeProto node, int index)
    {
        _stop.ThrowIfCancellationRequested();
        var weights = WeightError.Of(_model.Graph, node);
        // Relu and Clip may go with the layer that they stand behind, as they will in the whole network.
        var sqnr = SqnrWithFloat(_model.Graph.Nodes.Where(other => !ReferenceEquals(other, node) && !other.Is("Relu", "Clip")).Select(other => other.Name));
        _progress?.Report((index + 1.0) / _layers.Length);
        return new LayerSensitivity(node.Name, node.OpType, sqnr, weights.PerChannel, weights.PerTensor, weights.RangeRatio);
    }

    private double SqnrWithFloat(IEnumerable<string> floats)
    {
        var options = _options with { FloatNodes = floats.Concat(_options.FloatNodes).ToHashSet(StringComparer.Ordinal) };
        return _outputs.SqnrOf(QdqQuantizer.Quantize(_model, _calibration, options).Onnx, _model.Proto.Graph.Name);
    }

    private IEnumerable<CumulativeSensitivity> Cumulative(LayerSensitivity[] layers, int most)
    {
        for (var count = 0; count <= most && count < layers.Length; count = count == 0 ? 1 : 2 * count)
        {
            _stop.ThrowIfCancellationRequested();
            yield return new CumulativeSensitivity(count, SqnrWithFloat(layers.Take(count).Select(layer => layer.Node)));
        }
    }

    private IEnumerable<ValueSensitivity> Values()
    {
        var parameters = new ParameterTable(_model.Graph, _plan, _calibration, _options);
        return _plan.Measured.Select(value => Value(value, parameters.Of(value)));
    }

    private ValueSensitivity Value(string value, ActivationParameters parameters)
    {
        var (lowest, highest) = parameters.Signed ? (sbyte.MinValue - parameters.Zero, sbyte.MaxValue - parameters.Zero) : (-parameters.Zero, byte.MaxValue - parameters.Zero);
        var range = new ValueRange(lowest * parameters.Scale, highest * parameters.Scale);
        var statistics = _calibration.StatisticsOf(value);
        if (statistics.Histogram is not { } histogram)
        {
            return new ValueSensitivity(value, range, null);
        }

        var power = (statistics.Mean * statistics.Mean) + (statistics.StandardDeviation * statistics.StandardDeviation);
        var noise = QuantizationError.Of(histogram, parameters.Scale, lowest, highest) / Math.Max(histogram.Counts.Sum(), 1);
        return new ValueSensitivity(value, range, Decibels.Of(power, noise));
    }
}
