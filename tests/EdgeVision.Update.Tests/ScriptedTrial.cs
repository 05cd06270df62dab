using EdgeVision.Packaging;

namespace EdgeVision.Update.Tests;

/// <summary>The room above, as a test wants it: says yes unless told otherwise, and remembers what it serves.</summary>
internal sealed class ScriptedTrial : IModelTrial
{
    public Func<ModelPackage, CancellationToken, TrialFailure?> OnTry { get; set; } = (_, _) => null;

    public Func<ModelPackage, CancellationToken, TrialFailure?> OnActivate { get; set; } = (_, _) => null;

    public List<string> Tried { get; } = [];

    public List<string> Activated { get; } = [];

    public Task<TrialFailure?> TryAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        Tried.Add(package.Digest);
        return Task.FromResult(OnTry(package, cancellationToken));
    }

    public Task<TrialFailure?> ActivateAsync(ModelPackage package, CancellationToken cancellationToken)
    {
        var failure = OnActivate(package, cancellationToken);
        if (failure is null)
        {
            Activated.Add(package.Digest);
        }

        return Task.FromResult(failure);
    }
}
