namespace EdgeVision.Update;

/// <summary>The two states in which a deployment waits for somebody: a decision, and whatever stands before the activation.</summary>
/// <remarks>Nothing but an approval is written while it waits: after a restart the same questions have the same answers.</remarks>
internal sealed class WaitingRoom(UpdateJournal journal, UpdateSite site, RequestBox requests, ReportBoard board, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5); // because a hold file can come and go

    private string Id => journal.Record.Deployment!.DeploymentId;

    /// <summary>Until a person approves. A cancel or a newer deployment ends it by the token.</summary>
    public async Task<StepResult> DecisionAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var rang = requests.Rang;
            if (requests.Take(Id, UpdateRequest.Approve))
            {
                return StepResult.Success;
            }

            await UntilAsync(Timeout.InfiniteTimeSpan, rang, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Until the activation may begin.</summary>
    public Task<StepResult> ActivationAsync(CancellationToken cancellationToken) => OpenAsync((policy, situation) => policy.ActivationGate(situation), cancellationToken);

    /// <summary>Until bytes may be fetched.</summary>
    public Task<StepResult> DownloadAsync(CancellationToken cancellationToken) => OpenAsync((policy, situation) => policy.DownloadGate(situation), cancellationToken);

    private async Task<StepResult> OpenAsync(Func<UpdatePolicy, PolicySituation, Gate> question, CancellationToken cancellationToken)
    {
        while (true)
        {
            var rang = requests.Rang;
            KeepApproval();
            var gate = question(site.PolicyFor(journal.Record.Deployment!), Situation());
            if (gate.IsOpen)
            {
                return StepResult.Success;
            }

            board.ShowWaiting(gate.Code, gate.Reason);
            var left = gate.Until is { } until && until - time.GetUtcNow() is var rest && rest < Look ? rest : Look;
            await UntilAsync(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1), rang, cancellationToken).ConfigureAwait(false);
        }
    }

    // On disk, because the window may open long after the person went home and the power failed.
    private void KeepApproval()
    {
        if (journal.Record.State == UpdateState.Waiting && requests.Take(Id, UpdateRequest.Approve))
        {
            journal.Correct(journal.Record with { Approved = true });
        }
    }

    private PolicySituation Situation() => site.Situation(time) with
    {
        IsApproved = journal.Record.Approved,
        IsUrgent = requests.Has(Id, UpdateRequest.ActivateNow),
    };

    private async Task UntilAsync(TimeSpan longest, CancellationToken rang, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(rang, cancellationToken);
        await Task.Delay(longest, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
