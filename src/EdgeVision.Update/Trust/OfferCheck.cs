using System.Text.Json;
using EdgeVision.Packaging;
using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Update;

/// <summary>The step Offered: may this digest be tried on this device at all? Answered from signed metadata, before a byte of the package is fetched.</summary>
/// <remarks>
/// Blocked here? Then the catalogue; then hub and repository must name the same bytes; then revocation, the owner's floor, and this device's own counter.
/// Example: counter 41 was committed; 42 may come, 40 is a replay unless it is the device's own previous or factory model.
/// </remarks>
internal sealed class OfferCheck(UpdateParts parts)
{
    private readonly UpdateRecord _record = parts.Journal.Record;
    private readonly ModelDeployment _deployment = parts.Journal.Record.Deployment!;

    private string TargetPath => $"models/{_deployment.Model}/{_deployment.Version}/manifest.json";

    public async Task<StepResult> CheckAsync(CancellationToken cancellationToken)
    {
        if (_record.Blocked.FirstOrDefault(blocked => blocked.Digest == _deployment.ManifestSha256) is { } known)
        {
            return new StepResult(UpdateEvent.Barred, known.Code, $"this package proved bad here in deployment {known.DeploymentId}: {known.Reason}. Approve it to have it tried again.");
        }

        using var repository = RepositoryDoor.Open(parts, _deployment, out var closed);
        if (repository is null)
        {
            return StepResult.Of(closed);
        }

        var catalogue = new Catalogue(parts.Trust, repository, parts.Journal.Now);
        return await catalogue.RefreshAsync(cancellationToken).ConfigureAwait(false) is { } failure ? StepResult.Of(failure) : await JudgeAsync(catalogue, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StepResult> JudgeAsync(Catalogue catalogue, CancellationToken cancellationToken)
    {
        var (target, failure) = await catalogue.FindAsync(TargetPath, cancellationToken).ConfigureAwait(false);
        if (failure is not null)
        {
            return StepResult.Of(failure);
        }

        return target is null
            ? StepResult.Fail(UpdateCode.MixMatch, $"{TargetPath} is not in the signed repository: publish the release there, or deploy one that is")
            : StepResult.Of(SameBytes(target) ?? Allowed(catalogue.Policy, CounterOf(target))) with { Counter = CounterOf(target), CatalogueVersion = parts.Trust.CatalogueVersion, Deltas = ReleaseDelta.Read(target.Custom ?? default), ForgetsCounter = IsForgotten(catalogue.Policy) };
    }

    private StepFailure? SameBytes(TargetFile target)
    {
        var custom = target.Custom is { ValueKind: JsonValueKind.Object } json ? json : default;
        return target.Length != _deployment.ManifestSize || target.Hashes.GetValueOrDefault("sha256") != _deployment.ManifestSha256
            ? new StepFailure(UpdateCode.MixMatch, $"the hub names {_deployment.ManifestSha256} for {TargetPath}, the signed repository another file: one of the two is wrong")
            : custom.ValueKind != JsonValueKind.Object || DeploymentRules.Text(custom, "model") != _deployment.Model || DeploymentRules.Text(custom, "version") != _deployment.Version || CounterOf(target) < 1
            ? new StepFailure(UpdateCode.MixMatch, $"{TargetPath} is signed without its own model, version and counter: have it signed anew")
            : null;
    }

    private StepFailure? Allowed(ReleasePolicy policy, long counter)
    {
        if (policy.Revoked.Contains(_deployment.ManifestSha256))
        {
            return new StepFailure(UpdateCode.Revoked, $"{_deployment.Model} {_deployment.Version} was revoked by the repository's owner: deploy another release");
        }

        var floor = policy.Floors.GetValueOrDefault(_deployment.Model);
        var highest = _record.HighestOf(_deployment.Model);
        var committed = IsForgotten(policy) ? CommittedRelease.None : highest;
        return counter < floor ? new StepFailure(UpdateCode.RollbackAttack, $"its counter is {counter}, the repository's owner allows {floor} and higher")
            : counter <= committed.Counter && !IsOwn(committed) ? new StepFailure(UpdateCode.RollbackAttack, $"its counter is {counter}, but {committed.Counter} was committed here: an old release must be signed again with a higher counter")
            : null;
    }

    // A stolen key may have signed a counter that no honest release can follow: with that release revoked, its counter binds nobody, and the owner's floor guards what is old.
    private bool IsForgotten(ReleasePolicy policy) => policy.Revoked.Contains(_record.HighestOf(_deployment.Model).Digest);

    private bool IsOwn(CommittedRelease committed) => _deployment.ManifestSha256 == committed.Digest || _deployment.ManifestSha256 == FactoryFiles.DigestOf(parts.Options.FactoryDirectory)
        || new[] { _record.Active, _record.Previous, _record.Older }.Any(slot => slot?.Digest == _deployment.ManifestSha256);

    private static long CounterOf(TargetFile target) =>
        target.Custom is { ValueKind: JsonValueKind.Object } custom && custom.TryGetProperty("counter", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var counter) ? counter : 0;
}
