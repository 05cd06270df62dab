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
        Assert.Equal([UpdateState.Downloading, UpdateState.Verifying, UpdateState.Trial, UpdateState.Activating, UpdateState.Committed], states.Distinct());
        Assert.Equal([package.Digest], _device.Trial.Activated);
        Assert.Equal(package.Digest, _device.Start().Digest);
    }
}
