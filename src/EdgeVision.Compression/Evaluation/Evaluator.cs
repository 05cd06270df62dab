using System.Diagnostics;
using EdgeVision.Inference;
using EdgeVision.Packaging;

namespace EdgeVision.Compression;

/// <summary>A model on a data set: how often it is right, within which bounds, and how fast.</summary>
/// <remarks>
/// The metric follows from what the set knows: classes top1, boxes ap50 (all-point interpolation as in VOC 2010 and later), text whole strings, segments miou; with <see cref="EvaluationOptions.Reference"/> agreement.
/// Example: 89 of 100 plates read right are 0.89, 0.814 to 0.937. Pictures are decoded on a second thread. Same model and set: the same figures but for the time. One thread calls.
/// </remarks>
public static class Evaluator
{
    /// <summary>Confidence from which boxes are counted for ap50, where the whole curve is wanted.</summary>
    public const float LeastConfidence = 0.01f;

    private const int MaxNamed = 5;

    /// <summary>A model as it must be loaded to be evaluated on a set of this kind; for agreement, of <see cref="DatasetKind.Pictures"/>. On the CPU, where figures are the same on every machine of a kind.</summary>
    /// <exception cref="InferenceException">As <see cref="VisionModel.Load"/>.</exception>
    public static VisionModel Load(ModelPackage package, DatasetKind kind, int threads = 1)
    {
        float? least = kind == DatasetKind.Boxes ? LeastConfidence : null;
        return VisionModel.Load(package, new InferenceOptions { Threads = threads, MinConfidence = () => least, Providers = ["cpu"] });
    }

    /// <exception cref="CompressionException">The model's answers are not what the set knows, they are no numbers, or too many pictures cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static Evaluation Evaluate(VisionModel model, Dataset dataset, EvaluationOptions? options = null, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        options ??= new EvaluationOptions();
        var scorer = ScorerOf(model, dataset, options);
        var (outcomes, unreadable, times) = (new List<ItemOutcome>(), new List<string>(), new List<long>());
        var result = new VisionResult();
        foreach (var (item, frame, failure) in PictureReader.Read(dataset.Items, options.ReadAhead, stop))
        {
            using (frame)
            {
                if (frame is null)
                {
                    unreadable.Add(failure!.Contains(item.Name, StringComparison.Ordinal) ? failure : $"{item.Name}: {failure}");
                    RequireReadable(unreadable, dataset.Items.Count, options.MaxUnreadable, least: MaxNamed);
                    continue;
                }

                model.Infer(frame, result);
                RequireNumbers(model, item);
                times.Add(result.Times.Run);
                outcomes.Add(scorer.Score(item, frame, result));
                options.Watch?.Invoke(item, frame, result, outcomes[^1]);
            }

            progress?.Report((double)(outcomes.Count + unreadable.Count) / dataset.Items.Count);
        }

        RequireReadable(unreadable, dataset.Items.Count, options.MaxUnreadable, least: 1);
        return Sum(scorer, dataset, outcomes, times, options) with { Unreadable = unreadable };
    }

    private static IPictureScorer ScorerOf(VisionModel model, Dataset dataset, EvaluationOptions options) => (dataset.Kind, model.Answers, options.Reference) switch
    {
        (_, AnswerKind.Nothing, _) => throw new CompressionException($"{model.Identity.Name} answers nothing (decoder none), so there is nothing to evaluate. Name its decoder in the manifest."),
        (_, var answers, { } reference) => answers == reference.Answers ? new AgreementScorer(model, reference, options)
            : throw new CompressionException($"{model.Identity.Name} answers with {answers}, {reference.Identity.Name} with {reference.Answers}; only models of one kind can be compared."),
        (DatasetKind.Classes, AnswerKind.Classes, _) => new ClassScorer(dataset.Classes),
        (DatasetKind.Boxes, AnswerKind.Boxes, _) => new BoxScorer(dataset, options.Iou),
        (DatasetKind.Text, AnswerKind.Text, _) => new TextScorer(options.IgnoredCharacters),
        (DatasetKind.Segments, AnswerKind.Segments, _) => new SegmentScorer(dataset.Classes),
        (DatasetKind.Pictures, _, _) => throw new CompressionException("Nothing is known of these pictures. Give a data set with labels, or a second model to agree with."),
        var (kind, answers, _) => throw new CompressionException($"{model.Identity.Name} answers with {answers}, but the data set knows {kind}. Give a data set of {answers}."),
    };

    // In the middle of the set only when there are enough to be named, so that not one after the other has to be repaired.
    private static void RequireReadable(List<string> unreadable, int count, double most, int least)
    {
        if (unreadable.Count == count || (unreadable.Count > most * count && unreadable.Count >= least))
        {
            throw new CompressionException($"{unreadable.Count} of {count} pictures cannot be read, more than {100 * most:0.##} %: {string.Join(" ", unreadable.Take(MaxNamed))} Repair or remove them.");
        }
    }

    private static void RequireNumbers(VisionModel model, DatasetItem item)
    {
        if (!model.OutputsAreFinite())
        {
            throw new CompressionException($"{model.Identity.Name} gives NaN or an infinity for {item.Name}: such a model is broken.");
        }
    }

    private static Evaluation Sum(IPictureScorer scorer, Dataset dataset, List<ItemOutcome> outcomes, List<long> times, EvaluationOptions options)
    {
        var statistic = MetricStatistic.Of(outcomes);
        var (low, high) = statistic.Interval(outcomes, options.BootstrapRounds);
        return new Evaluation(scorer.Metric, statistic.Value(outcomes.Count), low, high, outcomes.Count, MedianMs(times), outcomes)
        {
            Further = scorer.Further,
            Classes = statistic is PrecisionStatistic precision ? Named(precision, dataset, outcomes.Count) : [],
            DatasetDigest = dataset.Digest,
        };
    }

    private static ClassPrecision[] Named(PrecisionStatistic precision, Dataset dataset, int pictures)
    {
        int[] once = [.. Enumerable.Repeat(1, pictures)];
        return [.. precision.Classes(once).Select(entry => new ClassPrecision(dataset.Classes.Names[entry.ClassId], entry.Truths, entry.Value))];
    }

    private static double MedianMs(List<long> ticks)
    {
        ticks.Sort();
        return ticks.Count == 0 ? 0 : Stopwatch.GetElapsedTime(0, ticks[ticks.Count / 2]).TotalMilliseconds;
    }
}
