using EdgeVision.Packaging.Repository;
using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Tests.Repository;

public sealed class RotationTests : IDisposable
{
    private readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task ChangeKeys_RootOverThreeVersions_IsWalkedByADeviceThatWasOff()
    {
        var device = _site.Device("device");
        (string Gone, string New, string[] Sign)[] steps = [("ann", "dan", ["ben", "cem", "dan"]), ("ben", "eva", ["cem", "dan", "eva"]), ("cem", "fay", ["dan", "eva", "fay"])];

        foreach (var (gone, added, sign) in steps)
        {
            Assert.Contains("root", _site.Change(repository => repository.ChangeKeys("root", [_site.Key(added)], [_site.Key(gone).Id]), [.. sign, "online"]).Written);
        }

        await new TufClient(device, new FolderTufFetcher(_site.Tree), _site.Time.Now).RefreshAsync(CancellationToken.None);
        Assert.Equal(4, SignedMetadata.Read(File.ReadAllBytes(Path.Combine(device, "root.json")), "root").Signed.GetProperty("version").GetInt64());

        // The first holders have no say any more.
        var outcome = _site.Change(repository => repository.Renew("root"), "ann", "ben", "cem", "online");
        Assert.All(outcome.Waiting, need => Assert.Empty(need.Signed));
    }

    [Theory]
    [InlineData("the old keys do not suffice", "ann", "dan", "eva")] // of the root before only ann
    [InlineData("the new keys do not suffice", "ben", "cem")]        // of the new root nobody
    public void ChangeKeys_RootWithoutBothThresholds_Waits(string why, params string[] sign)
    {
        var outcome = _site.Change(repository => repository.ChangeKeys("root", [_site.Key("dan"), _site.Key("eva")], [_site.Key("ben").Id, _site.Key("cem").Id, _site.Key("ann").Id]), [.. sign, "online"]);

        Assert.True(outcome.Written.Count == 0 && outcome.Waiting.Count == 1, why);
    }

    [Fact]
    public async Task RevokeKey_WithASuccessor_TakesItsPlaceInEveryRole()
    {
        var device = _site.Device("device");
        _site.Change(repository => repository.Add(_site.Package("1.0.0", 1)), "trainer", "release", "online");

        IReadOnlyList<string> roles = [];
        var outcome = _site.Change(repository => roles = repository.RevokeKey(_site.Key("trainer").Id[..10], _site.Key("trainer2")), "ann", "ben", "release", "trainer2", "online");

        Assert.Equal(["targets", "toy"], roles);
        Assert.Equal(["root", "targets", "toy", "snapshot", "timestamp"], outcome.Written);
        Assert.NotNull(await _site.FindAsync(device, Site.Target("1.0.0")));
        Assert.DoesNotContain(_site.Status.Roles, role => role.Keys.ContainsKey(_site.Key("trainer").Id));
        var late = _site.Change(repository => repository.Add(_site.Package("1.1.0", 2)), "trainer", "release", "online");
        Assert.Contains(late.Waiting, need => need.Role == "toy" && need.Signed.Count == 1);
    }

    [Fact]
    public void RevokeKey_ThatLeavesTooFew_IsRefusedWithTheWayOut()
    {
        var refused = Assert.Throws<RepositoryException>(() => _site.Change(repository => repository.RevokeKey(_site.Key("trainer").Id)));

        Assert.Contains("--add", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_site.Status.Waiting);
    }

    [Fact]
    public async Task ChangeKeys_OnlineKey_IsRenewedAtOnce()
    {
        var device = _site.Device("device");

        _site.Change(
            repository =>
            {
                repository.ChangeKeys("snapshot", [_site.Key("online2")], [_site.Key("online").Id]);
                repository.ChangeKeys("timestamp", [_site.Key("online2")], [_site.Key("online").Id]);
            },
            "ann", "cem", "online2");

        Assert.NotNull(await _site.FindAsync(device, "policy.json"));
        Assert.True(_site.Status.IsHealthy);
    }

    [Theory]
    [InlineData("nobody", null, "There is no role")]
    [InlineData("targets", 3, "threshold from 1 to 2")]
    [InlineData("targets", 0, "threshold from 1 to 2")]
    public void ChangeKeys_BadInput_SaysTheWayOut(string role, int? threshold, string words) =>
        Assert.Contains(words, Assert.Throws<RepositoryException>(() => _site.Change(repository => repository.ChangeKeys(role, [], [], threshold))).Message, StringComparison.Ordinal);

    [Fact]
    public void ChangeKeys_KeyThatIsThere_IsRefused() =>
        Assert.Contains("twice", Assert.Throws<RepositoryException>(() => _site.Change(repository => repository.ChangeKeys("root", [_site.Key("ann")], []))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Publish_WhileDevicesRead_NeverShowsAStateThatDoesNotFit()
    {
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() => ReadUntil(stop.Token));

        for (var round = 1; round <= 12; round++)
        {
            // The old key signs as well, for devices that have not seen the new root yet; the family stays with those who signed for it first.
            var (old, now) = (round == 1 ? "trainer" : $"trainer{round - 1}", $"trainer{round}");
            _site.Change(repository => repository.ChangeKeys("targets", [_site.Key(now)], [_site.Key(old).Id]), "ann", "ben", old, "release", now, "online");
            _site.Change(repository => repository.Add(_site.Package($"1.{round}.0", round)), now, "trainer1", "release", "online");
        }

        await stop.CancelAsync();
        Assert.True(await reading > 12);
        Assert.Equal(12, _site.Status.Releases.Count(release => release.IsPublished));
    }

    // Each a new device, so that nothing is remembered.
    private async Task<int> ReadUntil(CancellationToken stop)
    {
        var reads = 0;
        while (!stop.IsCancellationRequested)
        {
            Assert.NotNull(await _site.FindAsync(_site.Device($"device{reads++}"), "policy.json"));
        }

        return reads;
    }
}
