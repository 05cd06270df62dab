using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>The room above, which has cameras and sessions. Both are called by the task that applies, one after the other, never at once.</summary>
public interface IModelTrial
{
    /// <summary>Loads the package beside the model in service and lets it look at something.</summary>
    /// <returns>Null = good.</returns>
    Task<TrialFailure?> TryAsync(ModelPackage package, CancellationToken cancellationToken);

    /// <summary>Puts the tried model in service between two frames; completes when it has looked at its first frame, or no camera gives frames.</summary>
    /// <returns>Null = it serves. After a failure or a cancellation the old model serves again.</returns>
    Task<TrialFailure?> ActivateAsync(ModelPackage package, CancellationToken cancellationToken);
}
