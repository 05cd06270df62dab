using EdgeVision.Packaging;

namespace EdgeVision.Update.Tests;

/// <summary>The room above, as a test wants it: says yes unless told otherwise, and remembers what it serves.</summary>
internal sealed class ScriptedTrial : IModelTrial
{
    /// <summary>Asked at every question; null = yes.</summary>
    public Func<UpdateState, ModelPackage, CancellationToken, Task<TrialVerdict?>> On { get; set; } = (_, _, _) => Task.FromResult<TrialVerdict?>(null);

    /// <summary>Every question that was asked.</summary>
    public List<UpdateState> Asked { get; } = [];

    /// <summary>Every package that was put in service, forwards and back.</summary>
    public List<string> Activated { get; } = [];

    /// <summary>In service now; null = what the start served.</summary>
    public string? Serving { get; private set; }

    public void Answer(UpdateState state, TrialVerdict verdict) => On = (asked, _, _) => Task.FromResult(asked == state ? verdict : null);

    public void Answer(UpdateState state, Action<CancellationToken> act) => On = (asked, _, token) =>
    {
        if (asked == state)
        {
            act(token);
        }

        return Task.FromResult<TrialVerdict?>(null);
    };

    public void AgreeToAll() => On = (_, _, _) => Task.FromResult<TrialVerdict?>(null);

    public Task<TrialVerdict> ExamineAsync(ModelPackage package, CancellationToken cancellationToken) => AskAsync(UpdateState.Golden, package, cancellationToken);

    public Task<TrialVerdict> ShadowAsync(ModelPackage package, CancellationToken cancellationToken) => AskAsync(UpdateState.Shadow, package, cancellationToken);

    public Task<TrialVerdict> ProbationAsync(ModelPackage package, CancellationToken cancellationToken) => AskAsync(UpdateState.Probation, package, cancellationToken);

    public Task<TrialVerdict> ActivateAsync(ModelPackage package, CancellationToken cancellationToken) => ServeAsync(UpdateState.Activating, package, cancellationToken);

    public Task<TrialVerdict> RollBackAsync(ModelPackage previous, CancellationToken cancellationToken) => ServeAsync(UpdateState.RollingBack, previous, cancellationToken);

    private async Task<TrialVerdict> ServeAsync(UpdateState state, ModelPackage package, CancellationToken cancellationToken)
    {
        var verdict = await AskAsync(state, package, cancellationToken);
        if (verdict.Outcome == TrialOutcome.Pass)
        {
            Activated.Add(package.Digest);
            Serving = package.Digest;
        }

        return verdict;
    }

    private async Task<TrialVerdict> AskAsync(UpdateState state, ModelPackage package, CancellationToken cancellationToken)
    {
        Asked.Add(state);
        return await On(state, package, cancellationToken) ?? TrialVerdict.Pass;
    }
}
