namespace EdgeVision.Update.Tests;

/// <summary>Flash that rots and hands that meddle: found before anything is loaded, and repaired where it can be.</summary>
public sealed class DamagedStorageTests : IDisposable
{
    private readonly Device _device = new();

    public void Dispose() => _device.Dispose();

    private string Newest => Path.Combine(_device.StateDirectory, "update.json");

    private string Previous => Path.Combine(_device.StateDirectory, "update.prev");

    public static TheoryData<string> Damages => ["empty", "half", "random", "newer schema", "path in a digest", "missing"];

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Recover_NewestStateDamaged_GoesOnFromThePreviousOne(string damage)
    {
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);
        await _device.ApplyAsync(second);
        Damage(Newest, damage);

        Assert.Equal(first.Digest, _device.Start().Digest); // as it was before the commit was written
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
    [InlineData("deleted slot")]
    [InlineData("linked file")]
    [InlineData("linked slot")]
    public async Task Recover_ActivePackageDamaged_ServesThePreviousAndFetchesItAgain(string damage)
    {
        var (first, second) = (_device.Publish("1.0.0"), _device.Publish("2.0.0"));
        _device.Start();
        await _device.ApplyAsync(first);
        await _device.ApplyAsync(second);
        DamageSlot(_device.SlotOf(second), damage, second.Directory);

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
        Device.FlipBit(Path.Combine(_device.SlotOf(first), "model.onnx"));
        Device.FlipBit(Path.Combine(_device.SlotOf(second), "labels.txt"));

        Assert.Equal(_device.Factory.Digest, _device.Start().Digest);
        Assert.Null(_device.Report.PreviousDigest);
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

    private static void DamageSlot(string slot, string damage, string elsewhere)
    {
        var model = Path.Combine(slot, "model.onnx");
        switch (damage)
        {
            case "bit":
                Device.FlipBit(model);
                break;
            case "deleted slot":
                Directory.Delete(slot, recursive: true);
                break;
            case "linked slot":
                Directory.Delete(slot, recursive: true);
                Directory.CreateSymbolicLink(slot, elsewhere);
                break;
            default:
                File.Delete(model);
                _ = damage == "linked file" ? File.CreateSymbolicLink(model, Path.Combine(elsewhere, "model.onnx")) : null;
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
            case "newer schema":
                Rewrite(path, record => record with { Schema = 3 });
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
    private static void Rewrite(string path, Func<UpdateRecord, UpdateRecord> change)
    {
        using var elsewhere = new TemporaryDirectory();
        File.Copy(path, elsewhere.File("update.json"));
        var file = new StateFile(elsewhere.Path);
        file.Store(change(file.Load(out _)!), () => { });
        File.Copy(elsewhere.File("update.json"), path, overwrite: true);
    }
}
