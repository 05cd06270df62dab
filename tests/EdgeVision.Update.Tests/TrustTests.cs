using System.Text;
using System.Text.Json.Nodes;
using EdgeVision.Packaging.Repository;

namespace EdgeVision.Update.Tests;

/// <summary>What the signed catalogue does not allow is not fetched, whoever asks for it; and no trouble with trust stops what serves.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly Device _device = new(inMemory: true);

    public void Dispose() => _device.Dispose();

    [Fact]
    public async Task Apply_WithoutATrustRoot_FailsWithTheWayOut()
    {
        _device.RootFile = null;
        _device.Start();

        var report = await _device.ApplyAsync(_device.Publish("1.0.0"));

        Assert.Equal((UpdateState.Failed, UpdateCode.Signature), (report.State, report.Code));
        Assert.Contains("root_file", report.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timestamp.json")]
    [InlineData("2.snapshot.json")]
    [InlineData("2.targets.json")]
    [InlineData("2.toy.json")]
    public async Task Apply_OneFlippedBitInMetadata_FetchesNothing(string file)
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        var path = Path.Combine(_device.Folder, "metadata", file);
        var text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("\"version\":2", "\"version\":3", StringComparison.Ordinal));

        var report = await _device.ApplyAsync(package);

        Assert.Equal(UpdateState.Failed, report.State);
        Assert.True(report.Code is UpdateCode.Signature or UpdateCode.MixMatch or UpdateCode.Threshold, report.ToString());
        RequireNothingFetched();
    }

    [Fact]
    public async Task Apply_RootSignedByNewKeysOnly_IsRefused()
    {
        var package = _device.Publish("1.0.0");
        _device.Repository.Rotate(byOld: false);
        _device.MakeWell();
        _device.Start();

        var report = await _device.ApplyAsync(package);

        Assert.Equal(UpdateState.Failed, report.State);
        Assert.InRange((int)report.Code, 101, 102);
    }

    [Fact]
    public async Task Apply_ThreeRotationsWhileOffline_AreFollowed()
    {
        _device.Start();
        await _device.ApplyAsync(_device.Publish("1.0.0"));
        _device.Repository.Rotate();
        _device.Repository.Rotate();
        _device.Repository.Rotate();

        Assert.Equal(UpdateState.Committed, (await _device.ApplyAsync(_device.Publish("2.0.0"))).State);
    }

    [Fact]
    public async Task Apply_OlderCatalogue_IsARollbackAttack()
    {
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        DiskCopy.Copy(Path.Combine(_device.Folder, "metadata"), Path.Combine(_device.Folder, "..", "older"));
        _device.Publish("3.0.0");
        _device.Start();
        await _device.ApplyAsync(first);
        DiskCopy.Copy(Path.Combine(_device.Folder, "..", "older"), Path.Combine(_device.Folder, "metadata"));

        var report = await _device.ApplyAsync(second);

        Assert.Equal((UpdateState.Failed, UpdateCode.RollbackAttack, first.Digest), (report.State, report.Code, report.ActiveDigest));
    }

    [Fact]
    public async Task Apply_ExpiredCatalogue_SaysFreezeWhenItIsTheOneFromBeforeAndServingGoesOn()
    {
        _device.Repository.Expires = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        var package = _device.Publish("1.0.0");
        _device.Start();
        Assert.Equal(UpdateCode.Expired, (await _device.ApplyAsync(package)).Code);
        _device.Repository.Expires = TimeProvider.System.GetUtcNow().AddDays(1);
        _device.Repository.Publish();
        _device.MakeWell();
        await _device.ApplyAsync(_device.Deploy(package, "d-again"));
        Assert.Equal(UpdateState.Committed, _device.Report.State);

        _device.Time = new ShiftedTime(TimeSpan.FromDays(2)); // nothing new since
        _device.Start();
        await _device.ApplyAsync(_device.Deploy(package, "d-late"));

        Assert.Equal((UpdateState.Failed, UpdateCode.FreezeSuspected, package.Digest), (_device.Report.State, _device.Report.Code, _device.Report.ActiveDigest));
        Assert.Equal(package.Digest, _device.Start().Digest);
    }

    [Fact]
    public async Task Apply_ExpiredWithinTheOwnersGrace_GoesOn()
    {
        _device.Repository.Policy = new JsonObject { ["offlineGraceDays"] = 30 };
        var package = _device.Publish("1.0.0");
        _device.Start();
        await _device.ApplyAsync(package);
        _device.Time = new ShiftedTime(TimeSpan.FromDays(20)); // 13 days past the end
        _device.Start();

        await _device.ApplyAsync(_device.Deploy(package, "d-later"));

        Assert.Equal(UpdateState.Committed, _device.Report.State);
    }

    [Fact]
    public async Task Apply_ClockFromBeforeTheEpoch_IsJudgedByTheFloor()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        await _device.ApplyAsync(package);
        var floor = _device.Record.TimeFloor;
        _device.Time = new ShiftedTime(TimeSpan.FromDays(-365 * 50));
        _device.Start();
        Assert.True(_device.Report.ClockBack);

        await _device.ApplyAsync(_device.Deploy(package, "d-again"));

        Assert.Equal((UpdateState.Committed, floor), (_device.Report.State, _device.Record.TimeFloor));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public async Task Apply_CounterNotAboveTheCommittedOne_IsAReplay(int above)
    {
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);
        await _device.ApplyAsync(second);
        var replay = Packages.Write(Path.Combine(_device.Folder, "..", "replay"), "0.9.0");
        _device.Repository.Add(replay, 2 + above);
        _device.MakeWell();

        var report = await _device.ApplyAsync(replay);

        Assert.Equal((UpdateState.Failed, UpdateCode.RollbackAttack, second.Digest), (report.State, report.Code, report.ActiveDigest));
    }

    [Fact]
    public async Task Apply_AfterAReleaseWithTheHighestCounterThereIs_GoesOnOnceThatReleaseIsRevoked()
    {
        var (stolen, old) = (Packages.Write(Path.Combine(_device.Folder, "..", "stolen"), "1.0.0"), Packages.Write(Path.Combine(_device.Folder, "..", "old"), "0.9.0"));
        _device.Repository.Add(stolen, long.MaxValue);
        _device.Repository.Add(old, 5);
        var honest = Packages.Write(Path.Combine(_device.Folder, "..", "honest"), "1.1.0");
        _device.Repository.Add(honest, 7);
        _device.MakeWell();
        _device.Start();
        await _device.ApplyAsync(stolen);

        Assert.Equal(UpdateCode.RollbackAttack, (await _device.ApplyAsync(honest)).Code);
        _device.Revoke(stolen);
        await _device.ApplyAsync(_device.Deploy(honest, "d-again"));
        Assert.Equal((UpdateState.Committed, honest.Digest, 7), (_device.Report.State, _device.Report.ActiveDigest, _device.Report.Counter));

        Assert.Equal(UpdateCode.RollbackAttack, (await _device.ApplyAsync(old)).Code); // the honest counter binds again
    }

    [Fact]
    public async Task Apply_OwnPrevious_IsNoReplay()
    {
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);
        await _device.ApplyAsync(second);

        await _device.ApplyAsync(_device.Deploy(first, "d-back"));

        Assert.Equal((UpdateState.Committed, first.Digest, 2), (_device.Report.State, _device.Report.ActiveDigest, _device.Report.Counter));
    }

    [Fact]
    public async Task Apply_BelowTheOwnersFloor_IsRefused()
    {
        _device.Repository.Policy = new JsonObject { ["floors"] = new JsonObject { ["toy"] = 2 } };
        var package = _device.Publish("1.0.0");
        _device.Start();

        Assert.Equal(UpdateCode.RollbackAttack, (await _device.ApplyAsync(package)).Code);
    }

    [Fact]
    public async Task Apply_HubNamesOtherBytesThanTheRepository_IsRefused()
    {
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();

        await _device.ApplyAsync(_device.Deploy(first) with { Version = second.Manifest.Version });

        Assert.Equal((UpdateState.Failed, UpdateCode.MixMatch), (_device.Report.State, _device.Report.Code));
        RequireNothingFetched();
    }

    [Fact]
    public async Task Apply_RevokedRelease_IsRefused()
    {
        var package = _device.Publish("1.0.0");
        _device.Revoke(package);
        _device.Start();

        Assert.Equal((UpdateState.Failed, UpdateCode.Revoked), (await _device.ApplyAsync(package) is var report ? (report.State, report.Code) : default));
    }

    [Fact]
    public async Task Apply_RevokedInTheShadowRun_IsNotActivated()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        _device.Trial.Answer(UpdateState.Shadow, _ => _device.Revoke(package));

        Assert.Equal(UpdateCode.Revoked, (await _device.ApplyAsync(package)).Code);
        Assert.Empty(_device.Trial.Activated);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CheckRevocation_ModelInService_MakesWayOrGoesOnAsTheSiteSays(bool makesWay)
    {
        _device.Site = UpdateSite.Open with { Policy = () => new SitePolicy { RevokedMakesWay = makesWay } };
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);
        await _device.ApplyAsync(second);
        _device.Revoke(second);

        await _device.Updater.CheckRevocationAsync(_device.Trial, CancellationToken.None);

        Assert.Equal((makesWay ? UpdateState.Blocked : UpdateState.Committed, UpdateCode.Revoked), (_device.Report.State, _device.Report.Code));
        Assert.Equal((makesWay ? first : second).Digest, _device.Start().Digest);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"floors\":{\"toy\":-1}}")]
    [InlineData("{\"revoked\":[\"../x\"]}")]
    [InlineData("{\"offlineGraceDays\":1e308}")]
    public void ReleasePolicy_NotWhatItShouldBe_IsRefused(string json) =>
        Assert.Throws<FormatException>(() => ReleasePolicy.Read(Encoding.UTF8.GetBytes(json)));

    private void RequireNothingFetched() =>
        Assert.Empty(Directory.Exists(Path.Combine(_device.StateDirectory, "objects")) ? Directory.GetFiles(Path.Combine(_device.StateDirectory, "objects"), "*", SearchOption.AllDirectories) : []);
}
