using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Tests.Repository;

public sealed class RenewalTests : IDisposable
{
    private readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData(3.4)]
    [InlineData(3.6, "timestamp")]
    [InlineData(14.9, "timestamp")]
    [InlineData(15.1, "snapshot", "timestamp")]
    public void Publish_DaysLater_RenewsWhatIsInTheSecondHalfOfItsLife(double days, params string[] written)
    {
        _site.Time.Now += TimeSpan.FromDays(days);

        Assert.Equal(written, _site.Sign("online").Written);
    }

    [Fact]
    public async Task Publish_AfterTheTimestampExpired_MakesDevicesBelieveAgain()
    {
        var device = _site.Device("device");
        _site.Time.Now += TimeSpan.FromDays(8);
        var refused = await Assert.ThrowsAsync<TufException>(() => _site.FindAsync(device, "policy.json"));
        Assert.Equal(TufFailure.Expired, refused.Failure);
        Assert.False(_site.Status.IsHealthy);
        Assert.Equal("timestamp", _site.Status.Next!.Role);
        Assert.Equal(-1, _site.Status.Next.DaysLeft, 3);

        _site.Sign("online");

        Assert.NotNull(await _site.FindAsync(device, "policy.json"));
        Assert.True(_site.Status.IsHealthy);
    }

    [Fact]
    public void Renew_Targets_HoldsAYearFromNow()
    {
        _site.Time.Now += TimeSpan.FromDays(310); // 365 - 310 = 55 days left, due at 60
        Assert.True(_site.Status.Roles.Single(role => role.Role == "targets").IsDue);

        _site.Change(repository => repository.Renew("targets"), "trainer", "release", "online");

        var targets = _site.Status.Roles.Single(role => role.Role == "targets");
        Assert.Equal((2L, false, 365.0), (targets.Version, targets.IsDue, targets.DaysLeft));
    }

    [Fact]
    public void Publish_KilledAfterTheRootWasWritten_IsFinishedByTheNext()
    {
        _site.Change(repository => repository.ChangeKeys("targets", [_site.Key("eva")], [_site.Key("trainer").Id]), "ann", "ben", "release", "eva");
        File.Copy(Path.Combine(_site.Tree, "pending", "root.json"), Path.Combine(_site.Tree, "metadata", "2.root.json"));

        var outcome = _site.Sign("online");

        Assert.Equal(["targets", "snapshot", "timestamp"], outcome.Written);
        Assert.Empty(outcome.Waiting);
        Assert.Empty(Directory.GetFiles(Path.Combine(_site.Tree, "pending")));
        Assert.True(_site.Status.IsHealthy);
    }

    [Fact]
    public void Change_AfterAVersionWasWrittenAndNotPublished_TakesTheNextVersion()
    {
        _site.Change(repository => repository.Renew("targets"), "trainer", "release");
        File.Copy(Path.Combine(_site.Tree, "pending", "targets.json"), Path.Combine(_site.Tree, "metadata", "2.targets.json"));

        _site.Change(repository => repository.Renew("targets"), "trainer", "release", "online");

        Assert.Equal(3, _site.Status.Roles.Single(role => role.Role == "targets").Version);
    }
}
