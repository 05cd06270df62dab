namespace EdgeVision.Update;

/// <summary>What the site says about updates, and where it wants them written down.</summary>
/// <param name="Policy">As configured now; asked whenever a gate is.</param>
/// <param name="Conditions">Hold and metered link; null = neither.</param>
/// <param name="Audit">Told of every change of state; null = nowhere.</param>
public sealed record UpdateSite(Func<SitePolicy> Policy, SiteConditions? Conditions, AuditLog? Audit)
{
    public static UpdateSite Open { get; } = new(static () => new SitePolicy(), null, null);

    internal UpdatePolicy PolicyFor(ModelDeployment deployment) => new(Policy(), deployment.Policy ?? DeploymentPolicy.None);

    internal PolicySituation Situation(TimeProvider time) => Conditions?.Now(time) ?? new PolicySituation(time.GetUtcNow());
}
