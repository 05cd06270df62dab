using System.Security.Cryptography;
using EdgeVision.Packaging;

namespace EdgeVision.Update.Tests;

/// <summary>A release whose network differs little from one that is here.</summary>
public sealed class DeltaTests : IDisposable
{
    private readonly Device _device = new();

    public void Dispose() => _device.Dispose();

    [Fact]
    public async Task Apply_ReleaseWithADeltaToTheActiveOne_FetchesTheDeltaAlone()
    {
        var (next, delta) = await DeployedThenTunedAsync();

        Assert.Equal(UpdateState.Committed, (await _device.ApplyAsync(next)).State);

        Assert.Equal((1, 0), (Requests(delta.Sha256), Requests(delta.Of)));
        Assert.True(delta.Size < next.ModelFile.Size / 3, $"{delta.Size} of {next.ModelFile.Size}");
        Assert.Equal(next.Digest, _device.Start().Digest);
        Assert.Empty(Directory.GetFiles(Path.Combine(_device.StateDirectory, "partial")));
    }

    [Fact]
    public async Task Apply_DeltaToTheFactoryModel_IsUsedAsWell()
    {
        _device.Start();
        var (next, delta) = Tuned(_device.Factory);

        Assert.Equal(UpdateState.Committed, (await _device.ApplyAsync(next)).State);

        Assert.Equal((1, 0), (Requests(delta.Sha256), Requests(delta.Of)));
    }

    [Fact]
    public async Task Apply_DeltaToAModelThatIsNotHere_IsNotEvenFetched()
    {
        _device.Start();
        var (next, delta) = Tuned(_device.Publish("1.0.0"));

        Assert.Equal(UpdateState.Committed, (await _device.ApplyAsync(next)).State);

        Assert.Equal((0, 1), (Requests(delta.Sha256), Requests(delta.Of)));
    }

    [Theory]
    [InlineData("it is not there")]
    [InlineData("the server sends something else")]
    [InlineData("it was made of another pair")]
    [InlineData("it is no delta")]
    public async Task Apply_DeltaThatCannotBeUsed_WholeFileIsFetched(string why)
    {
        var (next, delta) = await DeployedThenTunedAsync(why switch
        {
            "it was made of another pair" => (old, target) => FileDelta.Encode(old, [.. target.Reverse()]),
            "it is no delta" => (_, _) => "<html>please log in</html>"u8.ToArray(),
            _ => (old, target) => FileDelta.Encode(old, target),
        });
        _device.Server.Script = exchange => exchange.Sha256 != delta.Sha256 ? exchange.ServeAsync()
            : why == "it is not there" ? exchange.HeadAsync("404 Not Found", "Content-Length: 0")
            : why == "the server sends something else" ? exchange.AnswerAsync("200 OK", new byte[delta.Size], $"Content-Length: {delta.Size}")
            : exchange.ServeAsync();

        Assert.Equal(UpdateState.Committed, (await _device.ApplyAsync(next)).State);

        Assert.Equal(1, Requests(delta.Of));
        Assert.Equal(next.Digest, _device.Start().Digest);
    }

    [Fact]
    public async Task Apply_CutBetweenDeltaAndFile_GoesOnToACommittedRelease()
    {
        var (next, _) = await DeployedThenTunedAsync();
        _device.CutPowerAt("file.model.before");
        await Assert.ThrowsAsync<PowerCutException>(() => _device.ApplyAsync(next));

        _device.Start();
        await _device.ApplyAsync(_device.Updater.Pending!);

        Assert.Equal((UpdateState.Committed, next.Digest), (_device.Report.State, _device.Report.ActiveDigest));
    }

    private async Task<(ModelPackage Next, ReleaseDelta Delta)> DeployedThenTunedAsync(Func<byte[], byte[], byte[]>? encode = null)
    {
        _device.Start();
        var old = _device.Publish("1.0.0");
        await _device.ApplyAsync(old);
        return Tuned(old, encode);
    }

    /// <summary>A release of which every fifth byte of the network moved by one, with a signed delta.</summary>
    private (ModelPackage Next, ReleaseDelta Delta) Tuned(ModelPackage old, Func<byte[], byte[], byte[]>? encode = null)
    {
        var before = old.Read(old.ModelFile);
        byte[] after = [.. before];
        for (var i = 100; i < after.Length - 100; i += 5)
        {
            after[i]++;
        }

        var next = _device.Publish("2.0.0", after, file =>
        {
            var delta = (encode ?? ((a, b) => FileDelta.Encode(a, b)))(before, after);
            _device.Repository.AddObject(delta);
            return new ReleaseDelta(file.Sha256, old.ModelFile.Sha256, before.Length, Convert.ToHexStringLower(SHA256.HashData(delta)), delta.Length);
        }, out var signed);
        return (next, signed);
    }

    private int Requests(string sha256) => _device.Server.Requests.Count(request => request.Sha256 == sha256);
}
