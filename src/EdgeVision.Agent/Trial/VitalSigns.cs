using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>What one model in service did, as running figures: frames, failures, answers, pauses without an answer, latency.</summary>
/// <remarks>The loop adds (0 bytes allocated), any thread reads. A pause counts only while frames come: a gap between two frames counts up to <paramref name="longestPause"/>.</remarks>
internal sealed class VitalSigns(TimeSpan longestPause, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly LatencyHistogram _latency = new();
    private VitalFigures _figures;

    /// <summary>Timestamp of the last frame; 0 = none yet.</summary>
    public long LastFrame => Read().LastFrame;

    /// <param name="isSound">The answer is made of numbers.</param>
    public void Observe(VisionResult result, bool isSound)
    {
        var answers = result.Detections.Count + Math.Min(1, result.Classes.Count);
        var now = time.GetTimestamp();
        lock (_gate)
        {
            var step = _figures.LastFrame == 0 ? TimeSpan.Zero : time.GetElapsedTime(_figures.LastFrame, now);
            step = step < longestPause ? step : longestPause;
            var silence = answers > 0 ? TimeSpan.Zero : _figures.Silence + step;
            _figures = _figures with
            {
                Frames = _figures.Frames + 1, LastFrame = now, Watched = _figures.Watched + step, Unsound = _figures.Unsound + (isSound ? 0 : 1), Answers = _figures.Answers + answers,
                Seen = _figures.Seen + Math.Min(1, answers), Silence = silence, LongestSilence = silence > _figures.LongestSilence ? silence : _figures.LongestSilence,
            };
            _latency.Add(time.GetElapsedTime(0, result.Times.Total).TotalMilliseconds);
        }
    }

    /// <summary>A frame that broke the model.</summary>
    public void CountFailed()
    {
        lock (_gate)
        {
            _figures = _figures with { Failed = _figures.Failed + 1, LastFrame = time.GetTimestamp() };
        }
    }

    public VitalFigures Read()
    {
        lock (_gate)
        {
            return _figures;
        }
    }

    /// <summary>Latency since it was last taken.</summary>
    public Quantiles TakeLatency()
    {
        lock (_gate)
        {
            var quantiles = _latency.Quantiles();
            _latency.Clear();
            return quantiles;
        }
    }
}
