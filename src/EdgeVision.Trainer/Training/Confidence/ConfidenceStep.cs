using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Measurement;

namespace EdgeVision.Trainer.Training;

/// <summary>The last step of training a classifier: on validation pictures its confidence is made true, and the threshold is chosen that costs least; on test pictures both are judged.</summary>
internal sealed class ConfidenceStep
{
    private readonly RunSettings _settings;
    private readonly IReadOnlyList<string> _classes;
    private readonly double? _temperature, _threshold;

    /// <summary>Changes the network's last layer.</summary>
    public ConfidenceStep(Network network, ClassificationObjective objective, TrainingData data, RunSettings settings)
    {
        (_settings, _classes) = (settings, data.Version.Classes);
        using var examiner = new Examiner(data, data.Validation, objective);
        var exam = new ClassificationExam(objective);
        examiner.Examine(network, exam: exam);
        var temperature = TemperatureScaling.Fit(exam.Answers);
        _temperature = TemperatureScaling.Fold(network, temperature) ? temperature : null;
        _threshold = settings.Cost is { } cost ? Decision.Choose(AlarmShares(exam.Answers, cost, _temperature ?? 1), cost) : null;
    }

    /// <summary>What is to be said of the exported network beside its accuracy.</summary>
    public RunResult AddTo(RunResult result, LogitTable test) => result with
    {
        Test = test.Classes == 2 ? result.Test with { Auroc = new RankStatistic(Enumerable.Range(0, test.Count).Select(i => ((float)test.SharesOf(i)[1], test.LabelOf(i) == 1))).Value(test.Count) } : result.Test,
        Calibration = _temperature is { } temperature ? Calibration.Of(temperature, test) : null,
        Decision = _threshold is { } threshold && _settings.Cost is { } cost ? Decision.At(threshold, AlarmShares(test, cost, 1), cost, _classes[cost.AlarmOf(_classes)]) : null,
    };

    private (double Share, bool IsAlarm)[] AlarmShares(LogitTable answers, DecisionCost cost, double temperature)
    {
        var alarm = cost.AlarmOf(_classes);
        return [.. Enumerable.Range(0, answers.Count).Select(i => (answers.SharesOf(i, temperature)[alarm], answers.LabelOf(i) == alarm))];
    }
}
