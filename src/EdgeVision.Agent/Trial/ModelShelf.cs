using EdgeVision.Inference;
using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent;

/// <summary>The models that are loaded and not in service: the candidate, and the one that was in service before.</summary>
/// <remarks>Owns them. The task that applies uses it; the loop puts the retired model here.</remarks>
internal sealed class ModelShelf(ModelLoader loader) : IDisposable
{
    private LoadedModel? _candidate, _before;

    /// <summary>Makes the package's model the candidate, if it is not.</summary>
    /// <returns>Null when it is; otherwise why it cannot be, with code Memory when there is no room for two.</returns>
    public async Task<TrialVerdict?> PrepareAsync(ModelPackage package, double measuredMiB, CancellationToken cancellationToken)
    {
        var key = ModelKey.Of(package);
        if (_candidate?.Key == key)
        {
            return null;
        }

        Dispose(Interlocked.Exchange(ref _candidate, null));
        if (loader.Refuse(package, measuredMiB) is { } reason)
        {
            return TrialVerdict.Fail(UpdateCode.Memory, reason);
        }

        try
        {
            _candidate = new LoadedModel(key, await loader.LoadAsync(package, cancellationToken).ConfigureAwait(false));
            return null;
        }
        catch (Exception exception) when (exception is InferenceException or PackageException)
        {
            return TrialVerdict.Fail(UpdateCode.Load, exception.Message);
        }
    }

    /// <summary>The candidate, the caller's from now on.</summary>
    public LoadedModel? TakeCandidate() => Interlocked.Exchange(ref _candidate, null);

    /// <summary>The model that was in service before, the caller's from now on.</summary>
    public LoadedModel? TakeBefore() => Interlocked.Exchange(ref _before, null);

    public void PutCandidate(LoadedModel model) => Dispose(Interlocked.Exchange(ref _candidate, model));

    /// <summary>Any thread.</summary>
    public void PutBefore(LoadedModel model) => Dispose(Interlocked.Exchange(ref _before, model));

    /// <summary>It may be used again afterwards.</summary>
    public void Dispose()
    {
        Dispose(TakeCandidate());
        Dispose(TakeBefore());
    }

    private static void Dispose(LoadedModel? model) => model?.Model.Dispose();
}
