namespace EdgeVision.Update.Tests;

/// <summary>What people ask of a deployment: approve, cancel, activate now, roll back.</summary>
public sealed class PeopleTests : IDisposable
{
    private readonly Device _device = new(inMemory: true);

    public void Dispose() => _device.Dispose();

    [Theory]
    [InlineData(UpdateState.Offered, UpdateState.Failed)]
    [InlineData(UpdateState.Downloading, UpdateState.Failed)]
    [InlineData(UpdateState.Verified, UpdateState.Failed)]
    [InlineData(UpdateState.Golden, UpdateState.Failed)]
    [InlineData(UpdateState.Shadow, UpdateState.Failed)]
    [InlineData(UpdateState.AwaitingDecision, UpdateState.Failed)]
    [InlineData(UpdateState.Waiting, UpdateState.Failed)]
    [InlineData(UpdateState.Activating, UpdateState.Failed)]
    [InlineData(UpdateState.Probation, UpdateState.Failed)]
    public async Task Cancel_InThisState_TheOldModelServesAndTheDigestMayComeAgain(UpdateState state, UpdateState end)
    {
        var (old, next) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(old);
        _device.Trial.Answer(UpdateState.Shadow, TrialVerdict.Hold(UpdateCode.Shadow, "they disagree"));
        AskWhen(state, id => _device.Updater.Cancel(id));

        await _device.ApplyAsync(next);

        Assert.Equal((end, UpdateCode.Cancelled, old.Digest), (_device.Report.State, _device.Report.Code, _device.Report.ActiveDigest));
        Assert.Empty(_device.Report.Blocked);
        _device.Start();
        _device.Trial.AgreeToAll();
        await _device.ApplyAsync(_device.Deploy(next, "d-again"));
        Assert.Equal((UpdateState.Committed, next.Digest), (_device.Report.State, _device.Report.ActiveDigest));
    }

    [Fact]
    public async Task Cancel_WhileTheCandidateRuns_DoesNotWaitForItsVerdict()
    {
        _device.Start();
        _device.Trial.On = async (asked, _, token) =>
        {
            if (asked == UpdateState.Probation)
            {
                Assert.Null(_device.Updater.Cancel("d-1.0.0"));
                await Task.Delay(Timeout.Infinite, token);
            }

            return null;
        };

        var report = await _device.ApplyAsync(_device.Publish("1.0.0"));

        Assert.Equal((UpdateState.Failed, UpdateCode.Cancelled, _device.Factory.Digest), (report.State, report.Code, report.ActiveDigest));
        Assert.Equal(_device.Factory.Digest, _device.Trial.Serving);
    }

    [Fact]
    public async Task Approve_HeldAfterTheShadowRun_GoesOn()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        _device.Trial.Answer(UpdateState.Shadow, TrialVerdict.Hold(UpdateCode.Shadow, "agreement 0.7, asked for are 0.8"));
        string? said = null;
        AskWhen(UpdateState.AwaitingDecision, id =>
        {
            said = _device.Report.Reason;
            return _device.Updater.Approve(id);
        });

        var report = await _device.ApplyAsync(package);

        Assert.Equal((UpdateState.Committed, "agreement 0.7, asked for are 0.8"), (report.State, said));
    }

    [Theory]
    [InlineData("approve")]
    [InlineData("activate now")]
    public async Task Waiting_SiteWantsAnApproval_HoldsUntilAPersonSaysSo(string word)
    {
        _device.Site = UpdateSite.Open with { Policy = () => new SitePolicy { AutoActivate = false } };
        _device.Start();
        var held = false;
        _device.Updater.Changed += report =>
        {
            if (report is { State: UpdateState.Waiting, Code: UpdateCode.Hold })
            {
                held = true;
                Assert.Null(word == "approve" ? _device.Updater.Approve(report.DeploymentId!) : _device.Updater.ActivateNow(report.DeploymentId!));
            }
        };

        Assert.Equal(UpdateState.Committed, (await _device.ApplyAsync(_device.Publish("1.0.0"))).State);
        Assert.True(held);
    }

    [Fact]
    public async Task Approve_WaitingThenAPowerCut_IsNotAskedAgain()
    {
        var package = _device.Publish("1.0.0");
        _device.Site = UpdateSite.Open with { Policy = () => new SitePolicy { AutoActivate = false } };
        _device.Start();
        AskWhen(UpdateState.Waiting, id => _device.Updater.Approve(id));
        _device.CutPowerAt("Waiting+Success.before");
        await Assert.ThrowsAsync<PowerCutException>(() => _device.ApplyAsync(package));
        _device.Start();

        await _device.ApplyAsync(_device.Updater.Pending!);

        Assert.Equal(UpdateState.Committed, _device.Report.State);
    }

    [Fact]
    public async Task RollBack_Committed_PutsThePreviousBackAndBlocksTheDigestUntilApproved()
    {
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);
        await _device.ApplyAsync(second);

        Assert.Null(_device.Updater.RollBack("d-2.0.0"));
        await _device.ApplyAsync(_device.Updater.Pending!);

        Assert.Equal((UpdateState.Blocked, UpdateCode.OperatorRollback, first.Digest), (_device.Report.State, _device.Report.Code, _device.Report.ActiveDigest));
        Assert.Equal((first.Digest, first.Digest), (_device.Trial.Serving, _device.Start().Digest));

        await _device.ApplyAsync(_device.Deploy(second, "d-again"));
        Assert.Equal((UpdateState.Blocked, first.Digest), (_device.Report.State, _device.Report.ActiveDigest));
        Assert.Equal([second.Digest], _device.Report.Blocked);

        Assert.Null(_device.Updater.Approve("d-again"));
        await _device.ApplyAsync(_device.Updater.Pending!);
        Assert.Equal((UpdateState.Committed, second.Digest), (_device.Report.State, _device.Report.ActiveDigest));
        Assert.Empty(_device.Report.Blocked);
    }

    [Fact]
    public async Task Probation_TriggerFires_RollsBackToThePreviousAndKeepsTheOneBeforeIt()
    {
        var (first, second, third) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"), _device.Publish("3.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);
        await _device.ApplyAsync(second);
        _device.Trial.Answer(UpdateState.Probation, TrialVerdict.Fail(UpdateCode.Drift, "no detections for 300 s") with { Evidence = new() { ["silentSeconds"] = 300 } });

        var report = await _device.ApplyAsync(third);

        Assert.Equal((UpdateState.Blocked, UpdateCode.Drift, second.Digest, first.Digest), (report.State, report.Code, report.ActiveDigest, report.PreviousDigest));
        Assert.Equal(300, (int)report.Gate["probation"]!["silentSeconds"]!);
        Assert.Equal(second.Digest, _device.Trial.Serving);
    }

    [Fact]
    public async Task RollingBack_PreviousIsRotten_TheFactoryServes()
    {
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);
        _device.Trial.On = (asked, _, _) =>
        {
            if (asked == UpdateState.Probation)
            {
                Device.FlipBit(_device.ObjectOf(first, "model"));
                return Task.FromResult<TrialVerdict?>(TrialVerdict.Fail(UpdateCode.Drift, "nothing is seen any more"));
            }

            return Task.FromResult<TrialVerdict?>(null);
        };

        var report = await _device.ApplyAsync(second);

        Assert.Equal((UpdateState.Blocked, _device.Factory.Digest), (report.State, report.ActiveDigest));
        Assert.Equal((_device.Factory.Digest, _device.Factory.Digest), (_device.Trial.Serving, _device.Start().Digest));
    }

    [Fact]
    public async Task Ask_WrongDeploymentOrState_IsRefusedWithASentence()
    {
        _device.Start();
        Assert.Contains("no deployment d-9", _device.Updater.Cancel("d-9"), StringComparison.Ordinal);
        await _device.ApplyAsync(_device.Publish("1.0.0"));

        Assert.Contains("d-1.0.0", _device.Updater.Cancel("d-9"), StringComparison.Ordinal);
        Assert.Contains("roll a committed model back instead", _device.Updater.Cancel("d-1.0.0"), StringComparison.Ordinal);
        Assert.NotNull(_device.Updater.Approve("d-1.0.0"));
        Assert.NotNull(_device.Updater.ActivateNow("d-1.0.0"));
    }

    private void AskWhen(UpdateState state, Func<string, string?> ask) => _device.Updater.Changed += report =>
    {
        if (report.State == state)
        {
            Assert.Null(ask(report.DeploymentId!));
        }
        else if (report.State == UpdateState.AwaitingDecision)
        {
            Assert.Null(_device.Updater.Approve(report.DeploymentId!));
        }
    };
}
