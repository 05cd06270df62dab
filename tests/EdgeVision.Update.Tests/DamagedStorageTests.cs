namespace EdgeVision.Update.Tests;

/// <summary>Flash that rots and hands that meddle: found before anything is loaded, and repaired where it can be.</summary>
public sealed class DamagedStorageTests : IDisposable
{
    private readonly Device _device = new();

    public void Dispose() => _device.Dispose();

    private string Newest => Path.Combine(_device.StateDirectory, "state", "ota.json");

    private string Previous => Path.Combine(_device.StateDirectory, "state", "ota.prev");

    public static TheoryData<string> Damages => ["empty", "half", "random", "path in a digest", "missing"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Recover_NewestStateDamaged_GoesOnFromThePreviousOne(string damage)
    {
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);
        await _device.ApplyAsync(second);
        Damage(Newest, damage);

        Assert.Equal(second.Digest, _device.Start().Digest); // on probation, as it was before the commit was written
        await _device.ApplyAsync(_device.Updater.Pending!);
        Assert.Equal(second.Digest, _device.Start().Digest);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Recover_BothStatesDamaged_ServesTheFactoryAndTakesTheNextDeployment(string damage)
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        await _device.ApplyAsync(package);
        Damage(Newest, damage);
        Damage(Previous, damage);

        Assert.Equal(_device.Factory.Digest, _device.Start().Digest);
        Assert.Equal(UpdateState.Committed, (await _device.ApplyAsync(package)).State);
        Assert.Equal(package.Digest, _device.Start().Digest);
    }

    [Theory]
    [InlineData("bit")]
    [InlineData("deleted file")]
    [InlineData("deleted directory")]
    [InlineData("linked file")]
    [InlineData("linked directory")]
    public async Task Recover_ActivePackageDamaged_ServesThePreviousAndFetchesItAgain(string damage)
    {
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);
        await _device.ApplyAsync(second);
        DamageObject(_device.ObjectOf(second, "model"), damage, Path.Combine(second.Directory, "model.onnx"));

        Assert.Equal(first.Digest, _device.Start().Digest);
        Assert.Equal(first.Digest, _device.Report.ActiveDigest);
        await _device.ApplyAsync(_device.Updater.Pending!);

        Assert.Equal((UpdateState.Committed, second.Digest, first.Digest), (_device.Report.State, _device.Report.ActiveDigest, _device.Report.PreviousDigest));
        Assert.Equal(second.Digest, _device.Start().Digest);
        Assert.True(File.Exists(Path.Combine(second.Directory, "model.onnx"))); // what a link pointed to was left alone
    }

    [Fact]
    public async Task Recover_ActiveAndPreviousDamaged_ServesTheFactory()
    {
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);
        await _device.ApplyAsync(second);
        Device.FlipBit(_device.ObjectOf(first, "labels"));

        Assert.Equal(_device.Factory.Digest, _device.Start().Digest);
        Assert.Null(_device.Report.PreviousDigest);
    }

    [Fact]
    public async Task Recover_StateOfANewerDaemon_ServesTheFactoryKeepsTheOtherSlotsAndSaysSo()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        await _device.ApplyAsync(package);
        Rewrite(Newest, record => record with { Schema = 3 });
        var newer = File.ReadAllBytes(Newest);

        Assert.Equal(_device.Factory.Digest, _device.Start().Digest);
        Assert.Equal(UpdateCode.Schema, _device.Report.Code);
        _device.Start(); // and again
        Assert.Equal(newer, File.ReadAllBytes(Path.Combine(_device.StateDirectory, "state", "ota.newer"))); // for the day the newer one comes back
        Assert.True(File.Exists(_device.ObjectOf(package, "model")));

        Assert.Equal(UpdateState.Committed, (await _device.ApplyAsync(package)).State);
        Assert.False(File.Exists(Path.Combine(_device.StateDirectory, "state", "ota.newer")));
    }

    [Fact]
    public void Recover_NotEvenAFactoryPackage_Throws()
    {
        Device.FlipBit(Path.Combine(_device.Factory.Directory, "model.onnx"));
        Assert.Throws<EdgeVision.Packaging.PackageException>(() => _device.Start());
    }

    [Fact]
    public async Task Apply_PartReplacedByALink_RemovesTheLinkAndLeavesItsTarget()
    {
        var package = _device.Publish("1.0.0");
        _device.Start();
        var victim = Path.Combine(_device.Factory.Directory, "labels.txt");
        var before = File.ReadAllBytes(victim);
        File.CreateSymbolicLink(Path.Combine(_device.StateDirectory, "partial", package.Manifest.FileOf("model")!.Sha256 + ".part"), victim);

        Assert.Equal(UpdateState.Committed, (await _device.ApplyAsync(package)).State);
        Assert.Equal(before, File.ReadAllBytes(victim));
    }

    private static void DamageObject(string path, string damage, string elsewhere)
    {
        var directory = Path.GetDirectoryName(path)!;
        switch (damage)
        {
            case "bit":
                Device.FlipBit(path);
                break;
            case "deleted directory":
                Directory.Delete(directory, recursive: true);
                break;
            case "linked directory":
                Directory.Delete(directory, recursive: true);
                Directory.CreateSymbolicLink(directory, Path.GetDirectoryName(elsewhere)!);
                break;
            default:
                File.Delete(path);
                _ = damage == "linked file" ? File.CreateSymbolicLink(path, elsewhere) : null;
                break;
        }
    }

    private static void Damage(string path, string damage)
    {
        var bytes = File.ReadAllBytes(path);
        switch (damage)
        {
            case "missing":
                File.Delete(path);
                break;
            case "path in a digest":
                Rewrite(path, record => record with { Active = record.Active! with { Digest = "../../factory", Origin = null } });
                break;
            default:
                File.WriteAllBytes(path, damage == "empty" ? [] : damage == "half" ? bytes[..(bytes.Length / 2)] : [.. bytes.Select(value => (byte)(value * 37 + 11))]);
                break;
        }
    }

    // Well-formed, with a right trailer: only its contents give it away.
    private static void Rewrite(string path, Func<UpdateRecord, UpdateRecord> change) => File.WriteAllBytes(path, RecordFile.Format(change(RecordFile.Read(path).Record!)));
}
