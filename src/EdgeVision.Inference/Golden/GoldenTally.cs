using EdgeVision.Packaging;

namespace EdgeVision.Inference;

/// <summary>Adds up the frames of a golden set and judges the whole by the manifest's gate.</summary>
internal sealed class GoldenTally(GoldenGate gate)
{
    // Because a score of 0.75 and one of 0.8 are a little more than 0.05 apart in binary.
    private const double Rounding = 1e-6;

    private const string WayOut = "Build the golden set with this very network and pre-processing, or choose a variant that is nearer to it.";

    private int _frames;
    private int _matched;
    private int _compared;
    private int _missing;
    private int _extra;
    private double _iou;
    private double _scoreDelta;
    private double _worstDelta;
    private string? _firstFailing;
    private string? _firstOther;
    private string? _firstOffPlace;
    private string? _firstOffScore;

    public void Add(string frame, AnswerMatch match, GoldenKind kind)
    {
        _frames++;
        _matched += match.Matched;
        _compared += kind == GoldenKind.Boxes ? match.Matched : 1;
        _missing += match.Missing;
        _extra += match.Extra;
        _iou += match.IoU;
        _scoreDelta += match.ScoreDelta;
        _worstDelta = Math.Max(_worstDelta, match.WorstScoreDelta);
        Note(ref _firstOther, match.Missing + match.Extra > 0, frame);
        Note(ref _firstOffPlace, match.WorstIoU < gate.MinIoU - Rounding, frame);
        Note(ref _firstOffScore, match.WorstScoreDelta > gate.MaxScoreDelta + Rounding, frame);
    }

    /// <summary>The gates in the order: the same answers, at the same places, as sure.</summary>
    public GoldenReport Judge(GoldenKind kind)
    {
        var report = new GoldenReport(GoldenOutcome.Pass, "")
        {
            Frames = _frames,
            FirstFailing = _firstFailing,
            Top1 = _matched + _missing + _extra == 0 ? 1 : 2.0 * _matched / ((2 * _matched) + _missing + _extra),
            MeanIoU = kind == GoldenKind.Boxes && _matched > 0 ? _iou / _matched : 1,
            MeanScoreDelta = _compared == 0 ? 0 : _scoreDelta / _compared,
            MaxScoreDelta = _worstDelta,
            Missing = _missing,
            Extra = _extra,
        };
        return Problem(report, kind) is { } problem ? report with { Outcome = GoldenOutcome.Differs, Reason = problem } : report;
    }

    private void Note(ref string? first, bool fails, string frame)
    {
        first ??= fails ? frame : null;
        _firstFailing ??= fails ? frame : null;
    }

    private string? Problem(GoldenReport report, GoldenKind kind)
    {
        if (report.Top1 < gate.MinTop1 - Rounding)
        {
            var what = kind == GoldenKind.Boxes ? $"{report.Missing} expected boxes are missing and {report.Extra} are new" : $"{report.Missing} of {report.Frames} frames have another class";
            return $"{what}: {report.Top1:0.000} of the answers agree, gates.golden.minTop1 asks for {gate.MinTop1}; the first is in frame {_firstOther}. {WayOut}";
        }

        if (report.MeanIoU < gate.MinIoU - Rounding)
        {
            return $"boxes lie elsewhere: their mean IoU is {report.MeanIoU:0.000}, gates.golden.minIoU asks for {gate.MinIoU}; the first is in frame {_firstOffPlace}. {WayOut}";
        }

        return report.MaxScoreDelta > gate.MaxScoreDelta + Rounding
            ? $"scores differ by up to {report.MaxScoreDelta:0.000}, gates.golden.maxScoreDelta allows {gate.MaxScoreDelta}; the first is in frame {_firstOffScore}. {WayOut}"
            : null;
    }
}
