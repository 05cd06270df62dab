namespace EdgeVision.Cloud.Tests;

public sealed class PacketGateTests(SharedHub shared) : IClassFixture<SharedHub>
{
    [Theory]
    [InlineData(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData(new byte[] { 0x10, 0x80, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0x30, 0x02, 0, 0 })]
    public async Task Gate_BadBytesFromAStranger_AreClosedAtOnce(byte[] bytes)
    {
        var hub = await shared.EmptyAsync();
        await using var stranger = await RawDevice.OpenAsync(hub.Address.MqttPort);

        await stranger.WriteAsync(bytes);

        Assert.True(await stranger.IsClosedAsync());
    }

    [Fact]
    public async Task Gate_ManyStrangersDeclaringHugePackets_CostNoMemory()
    {
        var hub = await shared.EmptyAsync();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        for (var i = 0; i < 20; i++)
        {
            await using var stranger = await RawDevice.OpenAsync(hub.Address.MqttPort);
            await stranger.WriteAsync([0x10, 0xFF, 0xFF, 0xFF, 0x7F]);
            Assert.True(await stranger.IsClosedAsync());
        }

        // 20 times 256 MB was declared; a TLS handshake costs well under 1 MB.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 20L << 20);
    }

    [Fact]
    public async Task Gate_HalfAConnectAndSilence_IsClosedAfterTenSeconds()
    {
        var hub = await shared.EmptyAsync();
        await using var stranger = await RawDevice.OpenAsync(hub.Address.MqttPort);
        var started = TimeProvider.System.GetTimestamp();

        await stranger.WriteAsync([0x10, 40, 0, 4, (byte)'M']);
        await Task.Delay(TimeSpan.FromSeconds(5));

        Assert.True(await stranger.IsClosedAsync());
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 8, 14);
    }
}
