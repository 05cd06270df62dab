using System.Diagnostics;
using EdgeVision.Imaging;
using EdgeVision.Packaging;
using Microsoft.ML.OnnxRuntime;

namespace EdgeVision.Inference;

/// <summary>Runs a loaded model over its package's golden set, then over the daemon's own extreme pictures, and judges the answers by the manifest's gates.</summary>
/// <remarks>
/// Golden set: the expected classes or boxes, within <see cref="GoldenGate"/>. Extreme pictures (black, white, saturated, noise, a speck): numbers, whatever they are.
/// Example: 32 frames of a classifier of which 31 have the expected class agree by 0.969, which is less than the default 0.97: Differs, and the report names the frame.
/// The calling thread, one model; takes as long as the frames do.
/// </remarks>
public sealed class GoldenExam
{
    private const float ScoreRounding = 1e-3f;

    private readonly VisionModel _model;
    private readonly ModelPackage _package;
    private readonly VisionResult _result = new();
    private readonly List<double> _milliseconds = [];

    private GoldenExam(VisionModel model, ModelPackage package) => (_model, _package) = (model, package);

    /// <param name="model">Loaded from <paramref name="package"/> with the threads and providers it will run with, and without a confidence limit of the user's own.</param>
    /// <param name="package">Gives the golden set and the gates.</param>
    /// <param name="cancellationToken">Looked at between two frames.</param>
    /// <exception cref="PackageException">The golden set's file was changed since the package was opened.</exception>
    public static GoldenReport Run(VisionModel model, ModelPackage package, CancellationToken cancellationToken = default)
    {
        var exam = new GoldenExam(model, package);
        var report = exam.Judge(cancellationToken);
        var sorted = exam._milliseconds.Order().ToArray();
        return report with { LatencyMsP50 = Percentile(sorted, 0.5), LatencyMsP99 = Percentile(sorted, 0.99) };
    }

    private GoldenReport Judge(CancellationToken cancellationToken)
    {
        var report = _package.Manifest.FileOf(GoldenSet.Role) is { } file ? LookAtGolden(file, cancellationToken) : new GoldenReport(GoldenOutcome.Pass, "");
        foreach (var name in ExtremeFrames.Names.Where(_ => report.Outcome == GoldenOutcome.Pass))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var frame = ExtremeFrames.Make(name, _package.Manifest);
            report = Look(name, frame) is { } failure ? failure with { Frames = report.Frames } : report;
        }

        return report;
    }

    private GoldenReport LookAtGolden(ManifestFile file, CancellationToken cancellationToken)
    {
        var name = _package.PathOf(file);
        try
        {
            var golden = GoldenSet.Read(_package.Read(file), name);
            return golden.Kind == GoldenKinds.Of(_package.Manifest) ? Compare(golden, cancellationToken) : Unreadable(
                $"{name} is a golden set of {golden.Kind}, but the decoder {_package.Manifest.Decode.Decoder} does not answer with these. Build the golden set with this model.");
        }
        catch (Exception exception) when (exception is PackageException or ImageException)
        {
            return Unreadable(exception.Message);
        }
    }

    private GoldenReport Compare(GoldenSet golden, CancellationToken cancellationToken)
    {
        var gate = _package.Manifest.Gates.Golden;
        var tally = new GoldenTally(gate);
        foreach (var expected in golden.Frames)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var frame = GoldenPictures.Decode(expected);
            if (Look(expected.Name, frame) is { } failure)
            {
                return failure with { Frames = golden.Frames.Count };
            }

            tally.Add(expected.Name, Match(expected, golden.Kind, gate), golden.Kind);
        }

        return tally.Judge(golden.Kind);
    }

    private AnswerMatch Match(GoldenFrame expected, GoldenKind kind, GoldenGate gate) => kind == GoldenKind.Classes
        ? AnswerMatch.OfClasses(expected.Answers, _result.Classes)
        : AnswerMatch.OfBoxes(expected.Answers, _result.Detections, _package.Manifest.Decode.MinConfidence + gate.MaxScoreDelta);

    /// <summary>Null when the model answered with numbers.</summary>
    private GoldenReport? Look(string name, Frame frame)
    {
        try
        {
            Infer(frame);
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or InferenceException)
        {
            return new GoldenReport(GoldenOutcome.RunFailed, $"the network fails on frame {name}: {exception.Message}") { FirstFailing = name };
        }

        return NotANumber() is { } what
            ? new GoldenReport(GoldenOutcome.NotANumber, $"{what} for frame {name}. Look for a division by zero, an overflow of float16, or a decoder that is not the network's.") { FirstFailing = name }
            : null;
    }

    private void Infer(Frame frame)
    {
        if (_milliseconds.Count == 0)
        {
            // The first look warms up: memory is taken and pages are read that no later frame waits for.
            _model.Infer(frame, _result);
        }

        _model.Infer(frame, _result);
        _milliseconds.Add(_result.Times.Total * 1000.0 / Stopwatch.Frequency);
    }

    private string? NotANumber()
    {
        if (!_model.OutputsAreFinite())
        {
            return "the outputs hold NaN or an infinity";
        }

        var scores = _result.Classes.Select(answer => answer.Confidence).Concat(_result.Detections.Confidences.ToArray());
        return scores.Any(score => !(score >= -ScoreRounding && score <= 1 + ScoreRounding)) ? "a confidence is not from 0 to 1" : null;
    }

    private static GoldenReport Unreadable(string reason) => new(GoldenOutcome.Unreadable, reason);

    // Nearest rank: the value that so many of all are not above.
    private static double Percentile(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
