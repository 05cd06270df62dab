using EdgeVision.Packaging;
using EdgeVision.Update;

namespace EdgeVision.Agent.Tests;

/// <summary>A trial that passes everything unless told otherwise, and remembers what it put in service.</summary>
internal sealed class YesTrial : IModelTrial
{
    public Func<TrialVerdict> Shadow { get; set; } = () => TrialVerdict.Pass;

    public List<string> Activated { get; } = [];

    public Task<TrialVerdict> ExamineAsync(ModelPackage package, CancellationToken ct) => Task.FromResult(TrialVerdict.Pass);

    public Task<TrialVerdict> ShadowAsync(ModelPackage package, CancellationToken ct) => Task.FromResult(Shadow());

    public Task<TrialVerdict> ActivateAsync(ModelPackage package, CancellationToken ct)
    {
        Activated.Add(package.Manifest.Version);
        return Task.FromResult(TrialVerdict.Pass);
    }

    public Task<TrialVerdict> ProbationAsync(ModelPackage package, CancellationToken ct) => Task.FromResult(TrialVerdict.Pass);

    public Task<TrialVerdict> RollBackAsync(ModelPackage previous, CancellationToken ct) => Task.FromResult(TrialVerdict.Pass);
}
