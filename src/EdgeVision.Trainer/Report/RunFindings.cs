using EdgeVision.Trainer.Measurement;
using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Report;

/// <summary>All that the page of a run is drawn from.</summary>
/// <param name="Name">Of the run's folder.</param>
/// <param name="Judged">The exported network on the test pictures; null where the device has no decoder that could be held against such data.</param>
/// <param name="Mistakes">The worst, worst first.</param>
internal sealed record RunFindings(string Name, RunDescription Run, RunResult Result, IReadOnlyList<EpochMetrics> Epochs, DatasetVersion Data, Judgement? Judged, IReadOnlyList<Mistake> Mistakes);
