using EdgeVision.Packaging;

namespace EdgeVision.Update;

/// <summary>The room above, which has cameras and sessions: it lets a candidate prove itself, and puts models in service.</summary>
/// <remarks>
/// Called by the task that applies, one question at a time. The package is whole, verified and, from <see cref="ShadowAsync"/> on, selected to the variant
/// that the exam chose. A question may be asked in a process that has never seen the package, because a deployment goes on by name after a restart: load
/// what is not loaded. The token means shutdown, cancel or a newer deployment: end soon with the exception. An exception otherwise counts as
/// Fail(<see cref="UpdateCode.Load"/>), an answer that does not come within <see cref="UpdateOptions.TrialLimit"/> or
/// <see cref="UpdateOptions.ObservationLimit"/> as Fail(<see cref="UpdateCode.Watchdog"/>).
/// </remarks>
public interface IModelTrial
{
    /// <summary>Golden set, budgets and the choice of a variant, in a child process; what is served does not notice.</summary>
    Task<TrialVerdict> ExamineAsync(ModelPackage package, CancellationToken cancellationToken);

    /// <summary>The candidate sees frames beside the model in service; only here may the verdict be Hold: a person decides.</summary>
    Task<TrialVerdict> ShadowAsync(ModelPackage package, CancellationToken cancellationToken);

    /// <summary>Puts the candidate in service between two frames; completes when it has looked at its first frame, or no camera gives frames.</summary>
    /// <remarks>After anything but Pass, <see cref="RollBackAsync"/> follows with the model before.</remarks>
    Task<TrialVerdict> ActivateAsync(ModelPackage package, CancellationToken cancellationToken);

    /// <summary>Watches the model in service until its commit conditions hold (Pass) or a trigger fires (Fail).</summary>
    Task<TrialVerdict> ProbationAsync(ModelPackage package, CancellationToken cancellationToken);

    /// <summary>Puts the model before back in service, between two frames. When it is in service already, Pass at once.</summary>
    Task<TrialVerdict> RollBackAsync(ModelPackage previous, CancellationToken cancellationToken);
}
