using EdgeVision.Inference;

namespace EdgeVision.Agent;

/// <summary>Adds up, frame by frame, how far two models agree. Detectors by boxes, classifiers by their first class.</summary>
/// <remarks>
/// Example: the active model sees 4 things in a frame, the candidate 5, 3 of them the same: agreement 6 / 9 = 0.67, rate ratio 1.25.
/// One thread adds, any thread reads.
/// </remarks>
internal sealed class AgreementTally
{
    private readonly Lock _gate = new();
    private readonly BoxMatcher _matcher = new();
    private readonly LabelMap _map;
    private readonly long[] _activeClasses, _candidateClasses;
    private readonly LatencyHistogram _latency = new();
    private int _frames, _seen, _unsound;
    private long _matched, _active, _candidate, _otherClasses;

    public AgreementTally(IReadOnlyList<string> activeLabels, IReadOnlyList<string> candidateLabels)
    {
        _map = new LabelMap(candidateLabels, activeLabels);
        (_activeClasses, _candidateClasses) = (new long[activeLabels.Count], new long[activeLabels.Count]);
    }

    /// <summary>How sure the model in service was.</summary>
    public ConfidenceHistogram ActiveConfidence { get; } = new();

    public ConfidenceHistogram CandidateConfidence { get; } = new();

    public void Add(VisionResult active, VisionResult candidate, double latencyMs, bool sound)
    {
        lock (_gate)
        {
            _frames++;
            _latency.Add(latencyMs);
            if (!sound)
            {
                _unsound++;
                return;
            }

            var before = _active + _candidate;
            AddBoxes(active, candidate);
            AddFirstClasses(active, candidate);
            _seen += _active + _candidate > before ? 1 : 0;
        }
    }

    public AgreementFigures Read()
    {
        lock (_gate)
        {
            return new AgreementFigures(_frames, _seen, _matched, _active, _candidate)
            {
                Unsound = _unsound, ClassDistance = ClassDistance(), SharedLabels = _map.Shared,
                LatencyMsP50 = Math.Round(_latency.Quantile(0.5), 2), LatencyMsP99 = Math.Round(_latency.Quantile(0.99), 2),
            };
        }
    }

    private void AddBoxes(VisionResult active, VisionResult candidate)
    {
        _matched += _matcher.Count(active.Detections, candidate.Detections, _map);
        for (var i = 0; i < active.Detections.Count; i++)
        {
            CountActive(active.Detections.ClassIds[i], active.Detections.Confidences[i]);
        }

        for (var i = 0; i < candidate.Detections.Count; i++)
        {
            CountCandidate(candidate.Detections.ClassIds[i], candidate.Detections.Confidences[i]);
        }
    }

    private void AddFirstClasses(VisionResult active, VisionResult candidate)
    {
        var (one, other) = (active.Classes.Count > 0, candidate.Classes.Count > 0);
        if (one)
        {
            CountActive(active.Classes[0].ClassId, active.Classes[0].Confidence);
        }

        if (other)
        {
            CountCandidate(candidate.Classes[0].ClassId, candidate.Classes[0].Confidence);
        }

        _matched += one && other && _map[candidate.Classes[0].ClassId] == active.Classes[0].ClassId ? 1 : 0;
    }

    private void CountActive(int classId, float confidence)
    {
        _active++;
        ActiveConfidence.Add(confidence);
        if ((uint)classId < (uint)_activeClasses.Length)
        {
            _activeClasses[classId]++;
        }
    }

    private void CountCandidate(int classId, float confidence)
    {
        _candidate++;
        CandidateConfidence.Add(confidence);
        if (_map[classId] is var known and >= 0)
        {
            _candidateClasses[known]++;
        }
        else
        {
            _otherClasses++;
        }
    }

    private double ClassDistance()
    {
        if (_active == 0 || _candidate == 0)
        {
            return _active == _candidate ? 0 : 1;
        }

        var sum = (double)_otherClasses / _candidate;
        for (var i = 0; i < _activeClasses.Length; i++)
        {
            sum += Math.Abs((double)_activeClasses[i] / _active - (double)_candidateClasses[i] / _candidate);
        }

        return sum / 2;
    }
}
