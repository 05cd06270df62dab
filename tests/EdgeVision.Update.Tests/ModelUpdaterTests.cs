using EdgeVision.Packaging;

namespace EdgeVision.Update.Tests;

public sealed class ModelUpdaterTests : IDisposable
{
    private readonly Device _device = new();

    public void Dispose() => _device.Dispose();

    [Fact]
    public void Recover_FirstStart_ServesTheFactoryPackage()
    {
        Assert.Equal(_device.Factory.Digest, _device.Start().Digest);
        Assert.Equal((UpdateState.Idle, "toy", "0.0.1"), (_device.Report.State, _device.Report.ActiveModel, _device.Report.ActiveVersion));
    }

    [Fact]
    public async Task Apply_GoodPackage_IsActivatedOnceAndServedAfterARestart()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        var states = new List<UpdateState>();
        _device.Updater.Changed += report => states.Add(report.State);

        var report = await _device.ApplyAsync(package);

        Assert.Equal((UpdateState.Committed, UpdateCode.None, package.Digest, 100), (report.State, report.Code, report.ActiveDigest, report.Progress));
        Assert.Equal(
            [
                UpdateState.Offered, UpdateState.Downloading, UpdateState.Verified, UpdateState.Golden, UpdateState.Shadow,
                UpdateState.Waiting, UpdateState.Activating, UpdateState.Probation, UpdateState.Committed,
            ],
            states.Distinct());
        Assert.Equal([package.Digest], _device.Trial.Activated);
        Assert.Equal(package.Digest, _device.Start().Digest);
    }

    [Fact]
    public async Task Apply_NextVersion_KeepsThePreviousAndDeletesTheRest()
    {
        var packages = Enumerable.Range(1, 5).Select(number => _device.Publish($"{number}.0.0")).ToArray();
        _device.Start();
        foreach (var package in packages)
        {
            Assert.Equal(UpdateState.Committed, (await _device.ApplyAsync(package)).State);
        }

        Assert.Equal(packages[3].Digest, _device.Report.PreviousDigest);
        var objects = Directory.GetFiles(Path.Combine(_device.StateDirectory, "objects"), "*", SearchOption.AllDirectories);
        Assert.Equal(5, objects.Length); // two manifests, two networks, the labels of both
        Assert.All(objects, path => Assert.True(new FileInfo(path).IsReadOnly));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_device.StateDirectory, "partial")));
    }

    [Fact]
    public async Task Apply_PreviousAgain_TakesTheStoredSlotAndNoByteOfTheNetwork()
    {
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);
        await _device.ApplyAsync(second);
        var requests = _device.Server.Requests.Count;

        await _device.ApplyAsync(_device.Deploy(first, "d-back"));

        Assert.Equal((UpdateState.Committed, first.Digest, second.Digest), (_device.Report.State, _device.Report.ActiveDigest, _device.Report.PreviousDigest));
        Assert.Equal(requests, _device.Server.Requests.Count);
    }

    [Fact]
    public async Task Apply_FileOfTheFactoryPackage_IsCopiedAndNotFetched()
    {
        var package = _device.Publish("1.0.0"); // the labels are the factory's
        _device.Start();

        await _device.ApplyAsync(package);

        Assert.Equal(2, _device.Server.Requests.Count); // manifest, model
    }

    [Fact]
    public async Task Apply_SameDeploymentThreeTimes_ActivatesOnce()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        for (var delivery = 0; delivery < 3; delivery++)
        {
            await _device.ApplyAsync(package);
        }

        _device.Start();
        await _device.ApplyAsync(package);
        Assert.Single(_device.Trial.Activated);
    }

    [Fact]
    public async Task Apply_NewDeploymentOfTheActivePackage_IsADeliberateRetry()
    {
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);
        await _device.ApplyAsync(second);

        await _device.ApplyAsync(_device.Deploy(second, "d-again"));

        Assert.Equal((UpdateState.Committed, "d-again", second.Digest, first.Digest), (_device.Report.State, _device.Report.DeploymentId, _device.Report.ActiveDigest, _device.Report.PreviousDigest));
        Assert.Equal(3, _device.Trial.Activated.Count);
    }

    [Theory]
    [InlineData(UpdateState.Downloading)]
    [InlineData(UpdateState.Golden)]
    [InlineData(UpdateState.Shadow)]
    [InlineData(UpdateState.Activating)]
    public async Task Apply_NewerDeploymentDuring_EndsInTheNewerOneActivatedOnce(UpdateState during)
    {
        var (older, newer) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await Interrupted.InAsync(_device, older, during);
        Assert.Equal(older.Digest, "sha256:" + _device.Updater.Pending!.ManifestSha256);

        await _device.ApplyAsync(newer);

        Assert.Equal((UpdateState.Committed, newer.Digest), (_device.Report.State, _device.Report.ActiveDigest));
        Assert.Single(_device.Trial.Activated, newer.Digest);
        Assert.DoesNotContain(older.Digest, _device.Trial.Activated);
        Assert.Null(_device.Updater.Pending);
    }

    [Fact]
    public async Task Apply_WhileAnotherIsApplied_Throws()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        var second = Task.CompletedTask;
        _device.Trial.Answer(UpdateState.Golden, token => second = _device.ApplyAsync(_device.Deploy(package, "d-other"), token));

        await _device.ApplyAsync(package);

        await Assert.ThrowsAsync<InvalidOperationException>(() => second);
    }

    public static TheoryData<string, UpdateCode> Misfits => new()
    {
        { "arch", UpdateCode.Architecture },
        { "memory", UpdateCode.Memory },
        { "daemon", UpdateCode.Runtime },
        { "camera", UpdateCode.Camera },
        { "one camera of two", UpdateCode.Camera },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public async Task Apply_PackageThatDoesNotFit_FailsBeforeItsFilesAreFetched(string what, UpdateCode code)
    {
        var requires = what switch
        {
            "arch" => new ManifestRequirements { Arch = ["riscv64"] },
            "memory" => new ManifestRequirements { RamMiB = int.MaxValue },
            "camera" or "one camera of two" => new ManifestRequirements { CameraProfile = ["rgb-640", "rgb-1080"] },
            _ => new ManifestRequirements { AgentMin = "99.0.0" },
        };
        var package = _device.Publish("1.0.0", requires);
        _device.CameraProfiles = what == "one camera of two" ? ["rgb-640", "thermal"] : [];
        _device.Start();

        var report = await _device.ApplyAsync(package);

        Assert.Equal((UpdateState.Failed, code, _device.Factory.Digest), (report.State, report.Code, report.ActiveDigest));
        Assert.Single(_device.Server.Requests);
        await _device.AcceptsTheNextAsync();
    }

    [Fact]
    public async Task Apply_PackageForTheCamerasOfThisDevice_IsCommitted()
    {
        var package = _device.Publish("1.0.0", new ManifestRequirements { CameraProfile = ["rgb-640", "rgb-1080"] });
        _device.CameraProfiles = ["rgb-1080"];
        _device.Start();

        Assert.Equal(UpdateState.Committed, (await _device.ApplyAsync(package)).State);
    }

    [Fact]
    public async Task Apply_ManifestOfAnotherModel_FailsAsMixMatch()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();

        await _device.ApplyAsync(_device.Deploy(package) with { Model = "other" });

        Assert.Equal((UpdateState.Failed, UpdateCode.MixMatch), (_device.Report.State, _device.Report.Code));
        await _device.AcceptsTheNextAsync();
    }

    [Theory]
    [InlineData(+1)]
    [InlineData(-1)]
    public async Task Apply_ManifestOfAnotherSize_Fails(int off)
    {
        var package = _device.Publish("1.0.0");
        var deployment = _device.Deploy(package);
        _device.Start();

        await _device.ApplyAsync(deployment with { ManifestSize = deployment.ManifestSize + off });

        Assert.Equal((UpdateState.Failed, UpdateCode.MixMatch), (_device.Report.State, _device.Report.Code));
        await _device.AcceptsTheNextAsync();
    }

    [Fact]
    public async Task Apply_ManifestNamingAFileOutside_FailsAsSchemaAndWritesNothingThere()
    {
        var package = _device.Publish("1.0.0");
        var path = Path.Combine(package.Directory, "manifest.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"labels.txt\"", "\"../labels.txt\"", StringComparison.Ordinal));
        var bytes = File.ReadAllBytes(path);
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        _device.Repository.AddRelease("toy", "1.0.0", bytes, 2);
        _device.Start();

        await _device.ApplyAsync(_device.Deploy(package) with { ManifestSha256 = digest, ManifestSize = bytes.Length });

        Assert.Equal((UpdateState.Failed, UpdateCode.Schema), (_device.Report.State, _device.Report.Code));
        Assert.Empty(Directory.GetFiles(_device.StateDirectory, "labels.txt", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Apply_DiskWithoutTheReserve_FailsBeforeTheDownload()
    {
        var package = _device.Publish("1.0.0");
        _device.ReserveBytes = new DriveInfo(_device.Factory.Directory).AvailableFreeSpace + (1L << 40);
        _device.Start();

        var report = await _device.ApplyAsync(package);

        Assert.Equal((UpdateState.Failed, UpdateCode.DiskFull), (report.State, report.Code));
        Assert.Single(_device.Server.Requests); // the manifest
        _device.ReserveBytes = 0;
        _device.Start();
        await _device.AcceptsTheNextAsync();
    }

    [Theory]
    [InlineData("file.model.before")]
    [InlineData("Downloading+Success.before")]
    [InlineData("Activating+Success.between")]
    public async Task Apply_DiskFullInTheMiddle_IsReportedAndTheOldModelStays(string point)
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        _device.Fault = reached => _ = reached == point ? throw new IOException("No space left on device", 28) : 0;

        var report = await _device.ApplyAsync(package);

        Assert.Equal((UpdateState.Failed, UpdateCode.DiskFull, _device.Factory.Digest), (report.State, report.Code, report.ActiveDigest));
        _device.Fault = _ => { };
        await _device.AcceptsTheNextAsync();
    }

    [Fact]
    public async Task Apply_TrialRefuses_ReportsItsReasonAndTheCandidateIsGone()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        _device.Trial.Answer(UpdateState.Golden, TrialVerdict.Fail(UpdateCode.Latency, "p95 is 80 ms, the budget 50 ms"));

        var report = await _device.ApplyAsync(package);

        Assert.Equal((UpdateState.Failed, UpdateCode.Latency, "p95 is 80 ms, the budget 50 ms"), (report.State, report.Code, report.Reason));
        Assert.False(File.Exists(_device.ObjectOf(package, "model")));
        await _device.AcceptsTheNextAsync();
    }

    [Fact]
    public async Task Apply_ActivationFails_RollsBackAndBlocksTheDigest()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        var states = new List<UpdateState>();
        _device.Updater.Changed += report => states.Add(report.State);
        _device.Trial.Answer(UpdateState.Activating, TrialVerdict.Fail(UpdateCode.NotANumber, "first frame gave NaN"));

        var report = await _device.ApplyAsync(package);

        Assert.Equal((UpdateState.Blocked, UpdateCode.NotANumber, _device.Factory.Digest), (report.State, report.Code, report.ActiveDigest));
        Assert.Equal([UpdateState.Activating, UpdateState.RollingBack, UpdateState.Blocked], states.TakeLast(3));
        await _device.AcceptsTheNextAsync();
    }

    [Fact]
    public async Task Apply_TrialThrows_FailsAsLoad()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        _device.Trial.Answer(UpdateState.Golden, _ => throw new InvalidDataException("no such operator"));

        var report = await _device.ApplyAsync(package);

        Assert.Equal((UpdateState.Failed, UpdateCode.Load, "no such operator"), (report.State, report.Code, report.Reason));
        await _device.AcceptsTheNextAsync();
    }

    [Fact]
    public async Task Apply_StoppedInTheExamAgainAndAgain_LoopIsBroken()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        var runs = 0;
        for (; _device.Report.State != UpdateState.Failed && runs < 100; runs++)
        {
            using var stop = new CancellationTokenSource();
            _device.Trial.Answer(UpdateState.Golden, token =>
            {
                stop.Cancel();
                token.ThrowIfCancellationRequested();
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _device.ApplyAsync(_device.Deploy(package), stop.Token));
        }

        Assert.Equal(UpdateCode.LoopBreaker, _device.Report.Code);
        Assert.Equal(13, runs); // 4 transitions to Golden and one to stop, then 2 a run: 28 in the 13th
        await _device.AcceptsTheNextAsync();
    }
}
