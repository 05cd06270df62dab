using EdgeVision.Trainer.Distributed;

namespace EdgeVision.Trainer.Training;

/// <summary>Epoch after epoch: learn, validate, write down, keep a checkpoint.</summary>
/// <param name="metric">What the validation's value is.</param>
/// <remarks>
/// Killed at any moment, the last checkpoint (at most a minute or an epoch old) is whole, and what goes on from it ends with the same bits. Of several ranks the first alone validates and writes: a metric such as mAP is
/// no sum of parts, and the others could do nothing meanwhile but the same. One thread, beside the loader's.
/// </remarks>
internal sealed class TrainingLoop(Learner learner, BatchLoader loader, Examiner validation, string metric, TrainingOptions options, RunFolder folder, IProgress<TrainingProgress> progress, TimeProvider clock)
{
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromMinutes(1);
    private readonly RankGroup _group = learner.Group;
    private long _savedAt = clock.GetTimestamp();

    /// <returns>The state at the end.</returns>
    /// <exception cref="OperationCanceledException">Stopped; a checkpoint was written.</exception>
    /// <exception cref="TrainerException">The loss is no number any more; the last good checkpoint is kept.</exception>
    public TrainingState Run(TrainingState state, CancellationToken stop)
    {
        while (state.Epoch < options.Epochs && (options.Patience == 0 || state.Epoch - state.BestEpoch < options.Patience))
        {
            state = Validate(Learn(state, stop));
        }

        return state;
    }

    private TrainingState Learn(TrainingState state, CancellationToken stop)
    {
        // Not stopped in the loader, because what was learnt from the last batch has to be kept first.
        foreach (var batch in loader.Epoch(state.Epoch, state.Step, CancellationToken.None))
        {
            using var used = batch;
            var start = clock.GetTimestamp();
            var result = learner.Step(batch, RateAfter(learner.Optimizer.Steps));
            RequireNumber(result.Loss, state, batch);
            double[] sums = [result.Loss * batch.Count, result.Correct ?? 0, batch.Count, stop.IsCancellationRequested ? 1 : 0];
            _group.Sum(sums);
            state = state with
            {
                Step = state.Step + 1,
                LossSum = state.LossSum + sums[0],
                Correct = result.Correct is null ? null : state.Correct + (int)sums[1],
                Seen = state.Seen + (int)sums[2],
                Seconds = state.Seconds + clock.GetElapsedTime(start).TotalSeconds,
            };
            progress.Report(new TrainingProgress(state.Epoch + 1, options.Epochs, (double)state.Step / (loader.BatchesPerEpoch + 1), state.LossSum / state.Seen, (double?)state.Correct / state.Seen, null));
            var isStopped = sums[3] > 0; // all ranks, where one is told to
            if (isStopped || clock.GetElapsedTime(_savedAt) > CheckpointInterval)
            {
                Save(state);
            }

            if (isStopped)
            {
                _group.Wait(); // for the checkpoint
                throw new OperationCanceledException(stop);
            }
        }

        return state;
    }

    private TrainingState Validate(TrainingState state)
    {
        learner.RequireSame($"after epoch {state.Epoch + 1}");
        var exam = _group.IsFirst ? validation.Examine(learner.Judged, _group.Beat) : default;
        double[] shared = [exam.Loss, exam.Value];
        _group.TakeFromFirst(shared);
        exam = new ExamResult(shared[0], shared[1]);
        if (!double.IsFinite(exam.Loss))
        {
            throw Diverged($"after epoch {state.Epoch + 1}, in the validation");
        }

        var epoch = state.Epoch + 1;
        var isBest = exam.Value > state.BestValue;
        if (isBest && options.Patience > 0 && _group.IsFirst)
        {
            WeightsFile.Save(folder.Best, learner.Judged);
        }

        var (loss, accuracy) = (state.LossSum / state.Seen, (double?)state.Correct / state.Seen);
        if (_group.IsFirst)
        {
            folder.Add(new EpochMetrics(epoch, loss, accuracy, exam.Loss, exam.Value, metric, RateAfter(learner.Optimizer.Steps - 1), Math.Round(state.Seconds, 3), Math.Round(Environment.WorkingSet / 1048576.0, 1)));
        }

        progress.Report(new TrainingProgress(epoch, options.Epochs, 1, loss, accuracy, exam.Value));
        var next = new TrainingState
        {
            Epoch = epoch,
            EpochSeconds = state.EpochSeconds + state.Seconds,
            BestValue = isBest ? exam.Value : state.BestValue,
            BestEpoch = isBest ? epoch : state.BestEpoch,
            Ranks = state.Ranks,
        };
        Save(next);
        return next;
    }

    private double RateAfter(long steps) => options.RateAt(steps, loader.BatchesPerEpoch);

    private void Save(TrainingState state)
    {
        if (_group.IsFirst)
        {
            Checkpoint.Save(folder.Checkpoint, learner, state);
        }

        _savedAt = clock.GetTimestamp();
    }

    private void RequireNumber(double loss, TrainingState state, Batch batch)
    {
        if (!double.IsFinite(loss))
        {
            throw Diverged($"in batch {state.Step + 1} of epoch {state.Epoch + 1} ({string.Join(", ", batch.Items.Take(batch.Count).Take(8).Select(loader.NameOf))}{(batch.Count > 8 ? " ..." : "")})");
        }
    }

    private TrainerException Diverged(string where) => new(
        $"The loss is no number {where}: training stopped. {(File.Exists(folder.Checkpoint) ? $"The last good checkpoint is {folder.Checkpoint}" : "There was no checkpoint yet")}. Train with a lower learning rate or with --clip 1, and look at these pictures.") { IsDivergence = true };
}
