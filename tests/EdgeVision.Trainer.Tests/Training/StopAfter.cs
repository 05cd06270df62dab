using EdgeVision.Trainer.Training;

namespace EdgeVision.Trainer.Tests.Training;

/// <summary>Watches a run, and stops it after some reports.</summary>
internal sealed class StopAfter(int reports) : IProgress<TrainingProgress>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _left = reports;

    public CancellationToken Token => _stop.Token;

    public void Report(TrainingProgress value)
    {
        if (--_left == 0)
        {
            _stop.Cancel();
        }
    }

    public void Dispose() => _stop.Dispose();
}
