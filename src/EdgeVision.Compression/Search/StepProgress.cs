namespace EdgeVision.Compression;

/// <summary>The steps of a search, told one after another; each ends when the next begins.</summary>
internal sealed class StepProgress(IProgress<CompressionStep>? progress, CancellationToken stop) : IProgress<double>
{
    private CompressionStep _now;

    public StepProgress Begin(int number, string what)
    {
        End();
        _now = new CompressionStep(number, what, 0);
        progress?.Report(_now);
        return this;
    }

    public void Report(double value) => progress?.Report(_now = _now with { Share = Math.Clamp(value, _now.Share, 1) });

    /// <exception cref="OperationCanceledException">Somebody pressed Ctrl-C.</exception>
    public void End()
    {
        stop.ThrowIfCancellationRequested();
        if (_now.Number > 0)
        {
            progress?.Report(_now with { Share = 1 });
        }
    }
}
