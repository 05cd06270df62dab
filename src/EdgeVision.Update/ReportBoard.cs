using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>The report as of now; a new one is published when the state changes or the download has come ten per cent further.</summary>
/// <param name="auditHead">Of the audit log, as of now.</param>
/// <remarks>Written by the task that applies, read by any thread.</remarks>
internal sealed class ReportBoard(Func<string> auditHead)
{
    private const int Step = 10;
    private volatile UpdateReport _current = new();

    public event Action<UpdateReport>? Changed;

    public UpdateReport Current => _current;

    public void Show(UpdateRecord record, ModelPackage serving) => Publish(new UpdateReport
    {
        DeploymentId = record.Deployment?.DeploymentId,
        State = record.State,
        Progress = ProgressOf(record),
        ActiveDigest = serving.Digest,
        ActiveModel = serving.Manifest.Model,
        ActiveVersion = serving.Manifest.Version,
        ActiveVariant = record.Active?.Variant,
        PreviousDigest = record.Previous is null ? null : "sha256:" + record.Previous.Digest,
        Attempt = record.Attempt,
        Code = record.Code,
        Reason = record.Reason,
        Gate = record.Gate,
        Counter = record.HighestOf(serving.Manifest.Model).Counter,
        CatalogueVersion = record.CatalogueVersion,
        Blocked = [.. record.Blocked.Select(blocked => "sha256:" + blocked.Digest)],
        AuditHead = auditHead(),
    });

    public void ShowProgress(int percent)
    {
        if (percent >= _current.Progress + Step || (percent == 100 && _current.Progress != 100))
        {
            Publish(_current with { Progress = percent });
        }
    }

    /// <summary>For what could not be written to disk: said all the same.</summary>
    public void ShowFailure(StepFailure failure) => Publish(_current with { State = UpdateState.Failed, Code = failure.Code, Reason = failure.Reason });

    /// <summary>Why a deployment does not go on: not worth a write, because it is found again after a restart.</summary>
    public void ShowWaiting(UpdateCode code, string reason)
    {
        if ((_current.Code, _current.Reason) != (code, reason))
        {
            Publish(_current with { Code = code, Reason = reason });
        }
    }

    private int ProgressOf(UpdateRecord record) => record.State switch
    {
        UpdateState.Idle or UpdateState.Offered or UpdateState.Downloading => 0,
        UpdateState.Failed or UpdateState.Blocked => _current.DeploymentId == record.Deployment?.DeploymentId ? _current.Progress : 0,
        _ => 100,
    };

    private void Publish(UpdateReport report)
    {
        _current = report;
        Changed?.Invoke(report);
    }
}
