using System.Buffers;
using System.Text;
using EdgeVision.Cloud.Mqtt;

namespace EdgeVision.Cloud.Tests;

public sealed class ConnectPacketTests
{
    private const byte Will = 0x04, WillQos1 = 0x08, WillQos2 = 0x10, WillRetain = 0x20, Password = 0x40, User = 0x80;
    private const string Events = "devices/cam-1/messages/events/";

    [Fact]
    public void Read_WholePacket_SaysWhoAndHowLong()
    {
        Assert.Equal(PacketVerdict.Pass, Read(Packet(User | Password | Will | WillQos1, will: Events), out var connect));

        Assert.Equal(new ConnectPacket("cam-1", "hub/cam-1/", 300, new LastWill(Events, 1, IsRetained: false)), connect);
    }

    [Theory]
    [InlineData("MQTT", 5, "cam-1", nameof(PacketVerdict.UnsupportedLevel))]
    [InlineData("MQTT", 3, "cam-1", nameof(PacketVerdict.UnsupportedLevel))]
    [InlineData("MQIsdp", 3, "cam-1", nameof(PacketVerdict.UnsupportedLevel))]
    [InlineData("HTTP", 4, "cam-1", nameof(PacketVerdict.BadConnect))]
    [InlineData("MQTT", 4, "", nameof(PacketVerdict.NoClientId))]
    public void Read_OtherProtocolOrNobody_IsNamed(string protocol, byte level, string clientId, string verdict) =>
        Assert.Equal(verdict, Read(Packet(User, protocol, level, clientId), out _).ToString());

    [Theory]
    [InlineData(Will, "devices/cam-1/messages/events/", nameof(PacketVerdict.Pass))]
    [InlineData(Will, "devices/cam-1/messages/events/a=b", nameof(PacketVerdict.Pass))]
    [InlineData(Will, "devices/cam-2/messages/events/", nameof(PacketVerdict.BadWill))]
    [InlineData(Will, "$iothub/twin/PATCH/properties/reported/?$rid=1", nameof(PacketVerdict.BadWill))]
    [InlineData(Will | WillQos2, "devices/cam-1/messages/events/", nameof(PacketVerdict.BadWill))]
    [InlineData(Will | WillRetain, "devices/cam-1/messages/events/", nameof(PacketVerdict.BadWill))]
    public void Read_Will_MustBeTheDevicesOwnTelemetry(byte flags, string topic, string verdict) => Assert.Equal(verdict, Read(Packet(flags, will: topic), out _).ToString());

    [Fact]
    public void Read_PacketCutAnywhere_IsBadAndNeverThrows()
    {
        var whole = Packet(User | Password | Will, will: Events);

        // from behind the fixed header, which the walker has checked; the last two bytes are an empty password
        Assert.All(Enumerable.Range(2, whole.Length - 3), length => Assert.NotEqual(PacketVerdict.Pass, Read(whole[..length], out _)));
    }

    [Theory]
    [InlineData(0, 1767)]
    [InlineData(60, 90)]
    [InlineData(1177, 1765.5)]
    [InlineData(1200, 1767)]
    [InlineData(65535, 1767)]
    public void Silence_OneAndAHalfTimesTheKeepAlive_IsCapped(int keepAlive, double seconds) => Assert.Equal(seconds, PacketGate.Silence(keepAlive).TotalSeconds);

    private static PacketVerdict Read(byte[] bytes, out ConnectPacket? connect) => ConnectPacket.Read(new ReadOnlySequence<byte>(bytes), out connect);

    private static byte[] Packet(byte flags, string protocol = "MQTT", byte level = 4, string clientId = "cam-1", string? will = null)
    {
        byte[] body =
        [
            .. Text(protocol), level, flags, 1, 44, .. Text(clientId), .. will is null ? [] : Text(will).Concat(Text("gone")),
            .. (flags & User) == 0 ? [] : Text("hub/cam-1/"), .. (flags & Password) == 0 ? [] : Text(""),
        ];
        return [0x10, (byte)body.Length, .. body];
    }

    private static byte[] Text(string text) => [0, (byte)Encoding.UTF8.GetByteCount(text), .. Encoding.UTF8.GetBytes(text)];
}
