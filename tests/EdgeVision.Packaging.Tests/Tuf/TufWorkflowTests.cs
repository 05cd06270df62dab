using EdgeVision.Packaging.Tuf;

namespace EdgeVision.Packaging.Tests;

/// <summary>The good road: what is asked for, what is kept, and how an honest repository gets out of trouble.</summary>
public sealed class TufWorkflowTests : IDisposable
{
    private readonly SignedRepository _repository = new();
    private readonly TufDevice _device;

    public TufWorkflowTests() => _device = new TufDevice(_repository);

    public void Dispose() => _device.Dispose();

    [Fact]
    public async Task TufClient_FirstRefresh_AsksForEachFileOnceWithinItsLimit()
    {
        await _device.RefreshAsync();

        Assert.Equal(["metadata/2.root.json", "metadata/timestamp.json", "metadata/1.snapshot.json", "metadata/1.targets.json"], _repository.Requests);
        Assert.Equal([65_536, 16_384, 2_097_152, 5_242_880], _repository.Requests.Select(path => _repository.Limits[path]));
        Assert.Equal([1, 1, 1, 1], _device.Versions());
    }

    [Fact]
    public async Task TufClient_NothingNew_AsksForRootAndTimestampAlone()
    {
        await _device.RefreshAsync();
        _repository.Requests.Clear();

        await _device.RefreshAsync();

        Assert.Equal(["metadata/2.root.json", "metadata/timestamp.json"], _repository.Requests);
    }

    [Fact]
    public async Task TufClient_LengthsAreSigned_AreTheLimit()
    {
        _repository.WithHashes = true;
        _repository.Release();

        await _device.RefreshAsync();

        Assert.Equal(_repository.Files["metadata/2.snapshot.json"].Length, _repository.Limits["metadata/2.snapshot.json"]);
        Assert.Equal(_repository.Files["metadata/2.targets.json"].Length, _repository.Limits["metadata/2.targets.json"]);
    }

    [Fact]
    public async Task TufClient_NoConsistentSnapshot_AsksForNamesWithoutVersions()
    {
        _repository.NextRoot(root => root with { ConsistentSnapshot = false });
        _repository.Add("targets", "a.bin", "abc"u8.ToArray());
        _repository.Release();

        var target = await _device.FindAsync("a.bin");

        Assert.Equal("abc"u8.ToArray(), await _device.Client().FetchTargetAsync(target!, 3, CancellationToken.None));
        Assert.Contains("metadata/snapshot.json", _repository.Requests);
        Assert.Contains("targets/a.bin", _repository.Requests);
    }

    [Fact]
    public async Task TufClient_ThreeRootsMissed_WalksThemAllAndOldKeysAreRefused()
    {
        var old = _repository.Signers["timestamp"];
        _repository.Rotate("root", 1, SigningKey.Ecdsa());
        _repository.Rotate("timestamp", 1, SigningKey.Ed25519());
        _repository.Rotate("root", 2, SigningKey.Ed25519(), SigningKey.Ecdsa());
        _repository.Release();

        await _device.RefreshAsync();
        Assert.Equal([4, 2, 2, 2], _device.Versions());

        _repository.Signers["timestamp"] = old;
        _repository.Release();
        Assert.Equal(TufFailure.Threshold, await _device.RefusalAsync());
    }

    [Fact]
    public async Task TufClient_LinkDiesInTheChainThatRevokesAKey_IsBroughtBackAllTheSame()
    {
        _repository.Timestamp = _repository.Timestamp with { Snapshot = new MetaFile(1000), Version = 1000 };
        _repository.Files["metadata/1000.snapshot.json"] = SignedRepository.Sign(_repository.Snapshot with { Version = 1000 }, _repository.Signers["snapshot"]);
        _repository.PublishTimestamp();
        await _device.RefreshAsync();
        _repository.Rotate("snapshot", 1, SigningKey.Ecdsa()); // timestamp's key stays, and so would its word of snapshot 1000
        _repository.Timestamp = _repository.Timestamp with { Version = 1000 };
        _repository.ReleaseSnapshot();
        _repository.Files["metadata/3.root.json"] = "broken"u8.ToArray();

        Assert.Equal(TufFailure.Format, await _device.RefusalAsync());
        _repository.Files.Remove("metadata/3.root.json");
        await _device.RefreshAsync();

        Assert.Equal([2, 1001, 2, 1], _device.Versions());
    }

    [Fact]
    public async Task TufClient_MoreThan64NewRoots_StopsAndGoesOnNextTime()
    {
        for (var i = 0; i < 70; i++)
        {
            _repository.NextRoot(root => root);
        }

        _repository.Files.Remove("metadata/66.root.json", out var withheld); // 64 to go, which is just allowed
        await _device.RefreshAsync();
        Assert.Equal(65, _device.Versions()[0]);
        File.WriteAllBytes(_device.File("root.json"), _repository.Files["metadata/1.root.json"]);
        _repository.Files["metadata/66.root.json"] = withheld!;

        Assert.Equal(TufFailure.TooLarge, await _device.RefusalAsync());
        Assert.Equal(65, _device.Versions()[0]);

        await _device.RefreshAsync();
        Assert.Equal([71, 1, 1, 1], _device.Versions());
    }

    [Fact]
    public async Task TufClient_ExpiredRootOnTheWay_IsOnlyAStep()
    {
        _repository.NextRoot(root => root with { Expires = SignedRepository.Now.AddDays(-1) });
        _repository.NextRoot(root => root with { Expires = SignedRepository.Fresh });

        await _device.RefreshAsync();

        Assert.Equal(3, _device.Versions()[0]);
    }

    [Theory]
    [InlineData("timestamp")]
    [InlineData("snapshot")]
    public async Task TufClient_StolenKeySignedTheHighestVersion_RotationBringsTheDeviceBack(string role)
    {
        _repository.Timestamp = _repository.Timestamp with { Version = long.MaxValue - 1 };
        _repository.Snapshot = _repository.Snapshot with { Version = long.MaxValue - 1 };
        _repository.ReleaseSnapshot();
        await _device.RefreshAsync();
        Assert.Equal(long.MaxValue, _device.Versions()[1]);

        _repository.Rotate(role, 1, SigningKey.Ecdsa());
        _repository.Snapshot = _repository.Snapshot with { Version = 1 };
        _repository.Timestamp = _repository.Timestamp with { Version = 1 };
        _repository.ReleaseSnapshot();
        await _device.RefreshAsync();

        Assert.Equal([2, 2, 2, 1], _device.Versions());
    }

    [Fact]
    public async Task TufClient_KeyAddedAndNoneTakenAway_ForgetsNothing()
    {
        await _device.RefreshAsync();
        _repository.Rotate("snapshot", 1, [.. _repository.Signers["snapshot"], SigningKey.Ecdsa()]);
        _repository.Snapshot = _repository.Snapshot with { Version = 0 };
        _repository.Timestamp = _repository.Timestamp with { Version = 0 };
        _repository.ReleaseSnapshot();
        _repository.Files["metadata/timestamp.json"] = SignedRepository.Sign(_repository.Timestamp with { Snapshot = new MetaFile(9) }, _repository.Signers["timestamp"]);

        await _device.RefreshAsync(); // an equal version is no news, whatever it says

        Assert.Equal([2, 1, 1, 1], _device.Versions());
        Assert.DoesNotContain("metadata/9.snapshot.json", _repository.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{"signatures":[],"signed":{"_type":"timestamp","spec_version":"1.0.0","version":99,"expires":"2031-01-01T00:00:00Z","meta":{"snapshot.json":{"version":99}}}}""")]
    public async Task TufClient_TrustedFilesDamaged_AreAsIfTheyHadNeverBeen(string damage)
    {
        await _device.RefreshAsync();
        foreach (var role in new[] { "timestamp", "snapshot", "targets" })
        {
            File.WriteAllText(_device.File(role + ".json"), damage);
        }

        await _device.RefreshAsync();

        Assert.Equal([1, 1, 1, 1], _device.Versions());
    }

    [Fact]
    public async Task TufClient_TrustedRootDamaged_AsksForNothing()
    {
        File.WriteAllText(_device.File("root.json"), "{}");

        Assert.Equal(TufFailure.Format, await _device.RefusalAsync());
        Assert.Empty(_repository.Requests);
    }

    [Fact]
    public async Task TufClient_UnknownFields_AreSignedForToo()
    {
        await _device.RefreshAsync();
        var signed = (_repository.Timestamp with { Version = 2 }).ToJson();
        signed["x-note"] = "ünknown \"field\" \\ 𝔘";
        var file = SignedMetadata.Of(signed);
        _repository.Files["metadata/timestamp.json"] = file.With(_repository.Signers["timestamp"][0].Sign(file.CanonicalBytes)).ToBytes();

        await _device.RefreshAsync();
        Assert.Equal(2, _device.Versions()[1]);

        signed["version"] = 3;
        var changed = SignedMetadata.Of(signed);
        signed["x-note"] = "another";
        _repository.Files["metadata/timestamp.json"] = SignedMetadata.Of(signed).With(_repository.Signers["timestamp"][0].Sign(changed.CanonicalBytes)).ToBytes();
        Assert.Equal(TufFailure.Signature, await _device.RefusalAsync());
    }

    [Fact]
    public async Task TufClient_BytesOfTheRepository_AreKeptAsTheyCame()
    {
        _repository.Files["metadata/timestamp.json"] = [.. _repository.Files["metadata/timestamp.json"], (byte)'\n', (byte)' '];

        await _device.RefreshAsync();

        Assert.Equal(_repository.Files["metadata/timestamp.json"], File.ReadAllBytes(_device.File("timestamp.json")));
    }

    [Fact]
    public async Task TufClient_TakesLong_IsJudgedByTheTimeItBegan()
    {
        var atExpiry = SignedRepository.Fresh;

        Assert.Equal(TufFailure.Expired, await _device.RefusalAsync(atExpiry));
        await _device.RefreshAsync(atExpiry.AddSeconds(-1)); // the same files, however late it is by now
    }

    [Fact]
    public async Task TufClient_ClockFarAhead_NothingIsLostWhenItIsRightAgain()
    {
        await _device.RefreshAsync();

        Assert.Equal(TufFailure.Expired, await _device.RefusalAsync(new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal([1, 1, 1, 1], _device.Versions());
        await _device.RefreshAsync(DateTimeOffset.UnixEpoch);
    }
}
