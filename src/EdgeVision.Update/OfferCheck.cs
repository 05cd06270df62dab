namespace EdgeVision.Update;

/// <summary>The step Offered: may this digest be tried on this device at all? Asked before a byte of the package is fetched.</summary>
internal sealed class OfferCheck(UpdateParts parts)
{
    public Task<StepResult> CheckAsync(CancellationToken cancellationToken) => Task.FromResult(Blocked() ?? StepResult.Success);

    private StepResult? Blocked()
    {
        var record = parts.Journal.Record;
        return record.Blocked.FirstOrDefault(blocked => blocked.Digest == record.Deployment!.ManifestSha256) is { } known
            ? new StepResult(UpdateEvent.Barred, known.Code, $"this package proved bad here in deployment {known.DeploymentId}: {known.Reason}. Approve it to have it tried again.")
            : null;
    }
}
