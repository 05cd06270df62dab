namespace EdgeVision.Update;

/// <summary>When a deployment may be fetched and when it may take over: the site's policy and the deployment's, of which the stricter wins.</summary>
/// <remarks>
/// In: <see cref="SitePolicy"/> (configuration), <see cref="DeploymentPolicy"/> (twin), <see cref="PolicySituation"/>. Out: <see cref="Gate"/>s. In this order: a revocation
/// passes everything; the site's hold stops everything else; an urgent wish of a person passes the rest; then notBefore, approval, and both windows at once.
/// The stricter does not win in one place: past the deadline a window counts no more where its owner, site or deployment, says so.
/// Example: site 01:00-04:00, deployment 03:00-06:00, both UTC: opens at 03:00, closes at 04:00. Pure, any thread.
/// </remarks>
public sealed record UpdatePolicy(SitePolicy Site, DeploymentPolicy Deployment)
{
    /// <summary>Twice the speed under which a download is given up as too slow.</summary>
    public const int LeastKbps = 16;

    public const int MostKbps = 10_000_000;

    private const int MostSteps = 64; // each is one opening of one window: a month

    /// <summary>Null = no limit.</summary>
    public int? MaxKbps => (Site.MaxKbps, Deployment.MaxKbps) switch
    {
        ({ } site, { } deployment) => Math.Min(site, deployment),
        var (site, deployment) => site ?? deployment,
    };

    public bool AutoActivate => Site.AutoActivate && Deployment.AutoActivate;

    /// <summary>May bytes be fetched?</summary>
    public Gate DownloadGate(PolicySituation situation) =>
        situation.IsRevocation ? Gate.Open
        : Held(situation) ?? (situation.IsUrgent ? null : Early(situation)) ?? Metered(situation) ?? Gate.Open;

    /// <summary>May the model take over? Asked just before it would.</summary>
    public Gate ActivationGate(PolicySituation situation) =>
        situation.IsRevocation ? Gate.Open
        : Held(situation) is { } held ? held
        : situation.IsUrgent ? Gate.Open
        : Early(situation) ?? Unapproved(situation) ?? Windows(situation.Now);

    private static Gate? Held(PolicySituation situation) => situation.Hold is { } reason ? Gate.Held($"held at the site: {reason}") : null;

    private Gate? Early(PolicySituation situation) => Deployment.NotBefore is { } start && start > situation.Now ? Gate.ClosedUntil(start, $"not before {start:u}") : null;

    private Gate? Metered(PolicySituation situation) => situation.IsMetered && !(Site.AllowMetered && Deployment.AllowMetered)
        ? Gate.Held($"the link is metered, and {(Site.AllowMetered ? "the deployment" : "update.metered")} does not allow updates over it")
        : null;

    private Gate? Unapproved(PolicySituation situation) => AutoActivate || situation.IsApproved
        ? null
        : Gate.Held($"waits for approval, because {(Site.AutoActivate ? "the deployment" : "update.auto_activate")} says so: modelUpdate.approve or modelUpdate.activateNow");

    private Gate Windows(DateTimeOffset now)
    {
        if (OwnWindow(out var problem) is var own && problem is not null)
        {
            return Gate.Held(problem, UpdateCode.Window);
        }

        var at = now;
        for (var step = 0; step < MostSteps; step++)
        {
            var next = Later(Opening(Site.Window, Site.DeadlineOverridesWindow, at), Opening(own, Deployment.DeadlineOverridesWindow, at));
            if (next == at)
            {
                return at == now ? Gate.Open : Gate.ClosedUntil(at, $"outside the maintenance window {Named(own)}");
            }

            at = next;
        }

        return Gate.Held($"the maintenance windows {Named(own)} are never open at the same time", UpdateCode.Window);
    }

    /// <summary>The time zone files may have gone since the deployment was accepted.</summary>
    private MaintenanceWindow? OwnWindow(out string? problem)
    {
        problem = null;
        if (Deployment.Window is not { } text)
        {
            return null;
        }

        var zone = Deployment.Zone == TimeZones.Site ? Site.Zone : TimeZones.Find(Deployment.Zone, out problem);
        return zone is null ? null : MaintenanceWindow.TryParse(text, zone, out problem);
    }

    private DateTimeOffset Opening(MaintenanceWindow? window, bool deadlineOverrides, DateTimeOffset at)
    {
        var opening = window?.NextOpening(at) ?? at;
        return deadlineOverrides && Deployment.Deadline is { } deadline && deadline < opening ? Later(deadline, at) : opening;
    }

    private string Named(MaintenanceWindow? own) =>
        string.Join(" and ", new[] { Site.Window, own }.OfType<MaintenanceWindow>().Select(window => $"{window.Text} {window.Zone}"));

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
