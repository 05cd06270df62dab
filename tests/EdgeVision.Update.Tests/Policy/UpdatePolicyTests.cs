using System.Globalization;

namespace EdgeVision.Update.Tests;

public sealed class UpdatePolicyTests
{
    private static readonly DateTimeOffset Noon = Instant("2026-05-02T12:00Z");
    private static readonly PolicySituation AtNoon = new(Noon);

    [Fact]
    public void Gates_NobodySaysAnything_AreOpen()
    {
        Assert.True(Policy().DownloadGate(AtNoon).IsOpen);
        Assert.True(Policy().ActivationGate(AtNoon).IsOpen);
    }

    [Fact]
    public void Gates_SiteHolds_BeatWhateverTheCloudWishes()
    {
        var held = AtNoon with { Hold = "audit until Friday", IsUrgent = true, IsApproved = true };

        foreach (var gate in new[] { Policy().DownloadGate(held), Policy().ActivationGate(held) })
        {
            Assert.Equal((UpdateCode.Hold, "held at the site: audit until Friday", null), (gate.Code, gate.Reason, gate.Until));
        }
    }

    [Fact]
    public void Gates_Revocation_PassesHoldWindowAndMeteredLink()
    {
        var policy = Policy(new SitePolicy { Window = Window("01:00-04:00"), AutoActivate = false }, new DeploymentPolicy { NotBefore = Noon.AddDays(1) });
        var situation = AtNoon with { Hold = "audit", IsMetered = true, IsRevocation = true };

        Assert.Equal((Gate.Open, Gate.Open), (policy.DownloadGate(situation), policy.ActivationGate(situation)));
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    public void DownloadGate_MeteredLink_NeedsBothToAllow(bool site, bool deployment, bool open)
    {
        var policy = Policy(new SitePolicy { AllowMetered = site }, new DeploymentPolicy { AllowMetered = deployment });

        var gate = policy.DownloadGate(AtNoon with { IsMetered = true });

        Assert.Equal((open, open ? UpdateCode.None : UpdateCode.Hold), (gate.IsOpen, gate.Code));
        Assert.True(policy.ActivationGate(AtNoon with { IsMetered = true }).IsOpen); // nothing is fetched any more
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void ActivationGate_EitherWantsAPerson_WaitsForApprovalOrActivateNow(bool site, bool deployment)
    {
        var policy = Policy(new SitePolicy { AutoActivate = site }, new DeploymentPolicy { AutoActivate = deployment });

        var gate = policy.ActivationGate(AtNoon);

        Assert.Equal((UpdateCode.Hold, null), (gate.Code, gate.Until));
        Assert.Contains("modelUpdate.approve", gate.Reason, StringComparison.Ordinal);
        Assert.True(policy.DownloadGate(AtNoon).IsOpen);
        Assert.True(policy.ActivationGate(AtNoon with { IsApproved = true }).IsOpen);
        Assert.True(policy.ActivationGate(AtNoon with { IsUrgent = true }).IsOpen);
    }

    [Fact]
    public void Gates_NotBefore_ClosesBothUntilThen()
    {
        var policy = Policy(deployment: new DeploymentPolicy { NotBefore = Noon.AddHours(1) });

        Assert.Equal((UpdateCode.Window, Noon.AddHours(1)), (policy.DownloadGate(AtNoon).Code, policy.DownloadGate(AtNoon).Until));
        Assert.Equal(Noon.AddHours(1), policy.ActivationGate(AtNoon).Until);
        Assert.True(policy.ActivationGate(AtNoon with { IsUrgent = true }).IsOpen);
        Assert.True(policy.ActivationGate(new PolicySituation(Noon.AddHours(1))).IsOpen);
    }

    [Theory]
    [InlineData("01:00-04:00", null, "2026-05-03T01:00Z")]
    [InlineData(null, "13:00-14:00", "2026-05-02T13:00Z")]
    [InlineData("01:00-04:00", "03:00-06:00", "2026-05-03T03:00Z")]
    [InlineData("22:00-02:00", "01:00-06:00", "2026-05-03T01:00Z")]
    [InlineData("11:00-13:00", "12:30-12:45", "2026-05-02T12:30Z")]
    public void ActivationGate_OutsideTheWindows_IsClosedUntilBothAreOpen(string? site, string? deployment, string opening)
    {
        var policy = Policy(new SitePolicy { Window = site is null ? null : Window(site), Zone = TimeZoneInfo.Utc }, new DeploymentPolicy { Window = deployment });

        var gate = policy.ActivationGate(AtNoon);

        Assert.Equal((UpdateCode.Window, Instant(opening)), (gate.Code, gate.Until));
        Assert.True(policy.ActivationGate(new PolicySituation(gate.Until!.Value)).IsOpen);
        Assert.True(policy.DownloadGate(AtNoon).IsOpen); // fetching is not bound to the window
    }

    [Fact]
    public void ActivationGate_WindowsThatNeverMeet_IsHeldAndSaysSo()
    {
        var gate = Policy(new SitePolicy { Window = Window("01:00-04:00"), Zone = TimeZoneInfo.Utc }, new DeploymentPolicy { Window = "04:00-05:00" }).ActivationGate(AtNoon);

        Assert.Equal((UpdateCode.Window, null), (gate.Code, gate.Until));
        Assert.Contains("01:00-04:00 UTC and 04:00-05:00 UTC are never open at the same time", gate.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, "2026-05-03T01:00Z")] // a missed window waits
    [InlineData(true, false, "2026-05-03T01:00Z")]
    [InlineData(false, true, "2026-05-03T01:00Z")] // the deployment cannot speak for the site
    [InlineData(true, true, "2026-05-02T15:00Z")]
    public void ActivationGate_DeadlineBeforeTheNextWindow_OverridesOnlyWhereTheOwnerOfEachWindowSaysSo(bool site, bool deployment, string opening)
    {
        var policy = Policy(
            new SitePolicy { Window = Window("01:00-04:00"), Zone = TimeZoneInfo.Utc, DeadlineOverridesWindow = site },
            new DeploymentPolicy { Window = "01:00-02:00", Deadline = Instant("2026-05-02T15:00Z"), DeadlineOverridesWindow = deployment });

        Assert.Equal(Instant(opening), policy.ActivationGate(AtNoon).Until);
    }

    [Fact]
    public void ActivationGate_DeadlinePassedAndOverrides_IsOpenNow()
    {
        var policy = Policy(new SitePolicy { Window = Window("01:00-04:00"), DeadlineOverridesWindow = true }, new DeploymentPolicy { Deadline = Noon.AddHours(-1) });

        Assert.True(policy.ActivationGate(AtNoon).IsOpen);
    }

    [Fact]
    public void ActivationGate_ZoneOfTheDeploymentHasGone_IsHeldAndNamesIt()
    {
        var gate = Policy(deployment: new DeploymentPolicy { Window = "01:00-04:00", Zone = "Europe/Atlantis" }).ActivationGate(AtNoon);

        Assert.Equal(UpdateCode.Window, gate.Code);
        Assert.Contains("Europe/Atlantis", gate.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(800, null, 800)]
    [InlineData(null, 400, 400)]
    [InlineData(800, 400, 400)]
    [InlineData(400, 800, 400)]
    public void MaxKbps_TheLowerWins(int? site, int? deployment, int? limit) =>
        Assert.Equal(limit, Policy(new SitePolicy { MaxKbps = site }, new DeploymentPolicy { MaxKbps = deployment }).MaxKbps);

    private static UpdatePolicy Policy(SitePolicy? site = null, DeploymentPolicy? deployment = null) => new(site ?? new SitePolicy(), deployment ?? DeploymentPolicy.None);

    private static MaintenanceWindow Window(string text) => MaintenanceWindow.TryParse(text, TimeZoneInfo.Utc, out _)!;

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
