using System.Text.Json.Nodes;
using EdgeVision.Packaging;
using Microsoft.Extensions.Logging;
using static EdgeVision.Update.UpdateState;

namespace EdgeVision.Update;

/// <summary>Puts the questions to the room above, and makes an answer of whatever comes: a verdict, an exception, silence.</summary>
/// <remarks>A question runs on a thread of the pool, so that one that never returns does not hold the updater.</remarks>
internal sealed partial class TrialDesk(IModelTrial trial, UpdateOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public async Task<StepResult> AskAsync(UpdateState state, ModelPackage package, CancellationToken cancellationToken)
    {
        var limit = state is Shadow or Probation ? options.ObservationLimit : options.TrialLimit;
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = Task.Run(() => Question(state, package, asked.Token), CancellationToken.None);
        try
        {
            return Judge(state, await answer.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await EndAsync(answer, asked, limit).ConfigureAwait(false);
            throw;
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            await EndAsync(answer, asked, limit).ConfigureAwait(false);
            return StepResult.Fail(UpdateCode.Watchdog, $"no answer within {limit.TotalSeconds:0.#} s in {state}");
        }
        catch (Exception exception)
        {
            Log.TrialThrew(logger, exception, state); // because a model must not be able to stop the updater
            return StepResult.Fail(UpdateCode.Load, exception.Message);
        }
    }

    private Task<TrialVerdict> Question(UpdateState state, ModelPackage package, CancellationToken cancellationToken) => state switch
    {
        Golden => trial.ExamineAsync(package, cancellationToken),
        Shadow => trial.ShadowAsync(package, cancellationToken),
        Activating => trial.ActivateAsync(package, cancellationToken),
        Probation => trial.ProbationAsync(package, cancellationToken),
        RollingBack => trial.RollBackAsync(package, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "asks the trial nothing"),
    };

    // What was asked must not go on beside what follows; but what does not listen cannot be waited for.
    private async Task EndAsync(Task answer, CancellationTokenSource asked, TimeSpan limit)
    {
        await asked.CancelAsync().ConfigureAwait(false);
        await answer.WaitAsync(limit < Grace ? limit : Grace, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static StepResult Judge(UpdateState state, TrialVerdict verdict)
    {
        var evidence = verdict.Evidence.ToJsonString().Length <= TrialVerdict.MaxEvidenceBytes ? verdict.Evidence : new JsonObject { ["tooLarge"] = true };
        var @event = (verdict.Outcome, state) switch
        {
            (TrialOutcome.Pass, _) => UpdateEvent.Success,
            (TrialOutcome.Hold, Shadow) => UpdateEvent.Held,
            _ => UpdateEvent.Failure,
        };
        var code = @event == UpdateEvent.Success ? UpdateCode.None : verdict.Code == UpdateCode.None ? UpdateCode.Load : verdict.Code;
        return new StepResult(@event, code, @event == UpdateEvent.Success ? "" : verdict.Reason) { Evidence = evidence, Variant = state == Golden ? verdict.Variant : null };
    }

    private static partial class Log
    {
        [LoggerMessage(6030, LogLevel.Error, "The candidate broke the room that tries it, in {State}")]
        public static partial void TrialThrew(ILogger logger, Exception exception, UpdateState state);
    }
}
