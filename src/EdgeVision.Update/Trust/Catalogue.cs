using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Update;

/// <summary>The repository as its signed metadata shows it, brought up to date once for each use; steps 3 to 7 of the verification order.</summary>
/// <remarks>
/// Root chain, timestamp, snapshot, targets, policy: judged by one moment, fixed when it begins and never before what is known to have passed.
/// Expired metadata is still believed for the grace that the last policy gives; what is newer than trusted is taken all the same.
/// </remarks>
internal sealed class Catalogue(TrustStore trust, IModelRepository repository, DateTimeOffset start)
{
    private TufClient? _client;

    public ReleasePolicy Policy { get; private set; } = trust.Policy;

    public Task<StepFailure?> RefreshAsync(CancellationToken cancellationToken) => GuardedAsync(async () =>
        trust.Prepare() ?? await RefreshWithGraceAsync(cancellationToken).ConfigureAwait(false) ?? await ReadPolicyAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Null without a failure: no role that may speak for the path has it.</summary>
    public async Task<(TargetFile? Target, StepFailure? Failure)> FindAsync(string path, CancellationToken cancellationToken)
    {
        TargetFile? target = null;
        var failure = await GuardedAsync(async () =>
        {
            target = await _client!.FindTargetAsync(path, cancellationToken).ConfigureAwait(false);
            return null;
        }).ConfigureAwait(false);
        return (target, failure);
    }

    private static async Task<StepFailure?> GuardedAsync(Func<Task<StepFailure?>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (TufException exception)
        {
            return TrustFailures.Of(exception);
        }
        catch (UpdateTransferException exception)
        {
            return exception.Failure;
        }
    }

    private async Task<StepFailure?> RefreshWithGraceAsync(CancellationToken cancellationToken)
    {
        var before = TimestampBytes();
        try
        {
            await RefreshAsync(start, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (TufException exception) when (exception.Failure == TufFailure.Expired)
        {
            if (Policy.OfflineGraceDays > 0)
            {
                await RefreshAsync(start.AddDays(-Policy.OfflineGraceDays), cancellationToken).ConfigureAwait(false);
                return null;
            }

            // Nothing new since the last time: somebody may hold the repository's news back.
            var frozen = before.Length > 0 && before.AsSpan().SequenceEqual(TimestampBytes());
            return new StepFailure(frozen ? UpdateCode.FreezeSuspected : UpdateCode.Expired, exception.Message);
        }
    }

    private async Task RefreshAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        _client = new TufClient(trust.Directory, repository, moment, trust.Replace);
        await _client.RefreshAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<StepFailure?> ReadPolicyAsync(CancellationToken cancellationToken)
    {
        if (await _client!.FindTargetAsync(ReleasePolicy.TargetPath, cancellationToken).ConfigureAwait(false) is not { } target)
        {
            return null;
        }

        var bytes = await _client.FetchTargetAsync(target, ReleasePolicy.MaxBytes, cancellationToken).ConfigureAwait(false);
        try
        {
            Policy = ReleasePolicy.Read(bytes);
            trust.StorePolicy(bytes);
            return null;
        }
        catch (FormatException exception)
        {
            return new StepFailure(UpdateCode.Signature, $"{exception.Message}. Have the repository's owner sign it anew.");
        }
    }

    private byte[] TimestampBytes()
    {
        var path = Path.Combine(trust.Directory, RoleNames.Timestamp + ".json");
        return File.Exists(path) ? File.ReadAllBytes(path) : [];
    }
}
