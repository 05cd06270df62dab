using EdgeVision.Cloud.Mqtt;

namespace EdgeVision.Cloud.Tests;

public sealed class PacketWalkerTests
{
    private static readonly byte[] Connect = [0x10, 7, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4];

    [Fact]
    public void Feed_ConnectAndPublishByteByByte_Pass()
    {
        var walker = new PacketWalker();

        Assert.All(Connect.Concat(new byte[] { 0x30, 3, 0, 1, (byte)'a', 0xC0, 0 }), next => Assert.Equal(PacketVerdict.Pass, walker.Feed([next])));
    }

    [Theory]
    [InlineData(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0x7F }, nameof(PacketVerdict.TooLarge))] // 256 MB
    [InlineData(new byte[] { 0x10, 0x81, 0x80, 0x01 }, nameof(PacketVerdict.TooLarge))] // 16 385
    [InlineData(new byte[] { 0x10, 0x80, 0x80, 0x80, 0x80 }, nameof(PacketVerdict.BadLength))]
    [InlineData(new byte[] { 0x30, 0 }, nameof(PacketVerdict.OutOfOrder))]
    public void Feed_BadFirstPacket_IsNamed(byte[] bytes, string verdict) => Assert.Equal(verdict, new PacketWalker().Feed(bytes).ToString());

    [Theory]
    [InlineData(new byte[] { 0x10, 0 }, nameof(PacketVerdict.OutOfOrder))] // a second CONNECT
    [InlineData(new byte[] { 0x30, 0x80, 0xA0, 0x14 }, nameof(PacketVerdict.TooLarge))] // 0x14 * 16384 + 0x20 * 128 = 331 776, over 329 728
    [InlineData(new byte[] { 0x30, 0x80, 0x90, 0x14 }, nameof(PacketVerdict.Pass))] // 329 728 = (256 + 66) * 1024
    public void Feed_AfterConnect_HoldsTheLimitOfPackets(byte[] bytes, string verdict)
    {
        var walker = new PacketWalker();
        walker.Feed(Connect);

        Assert.Equal(verdict, walker.Feed(bytes).ToString());
    }
}
