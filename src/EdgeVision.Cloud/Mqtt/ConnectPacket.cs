using System.Buffers;
using System.Text;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>The first packet of a connection, read before the MQTT server sees it: what that server does not check, or answers with other codes than Azure.</summary>
/// <param name="ClientId">Not empty.</param>
/// <param name="UserName">Empty when there is none.</param>
/// <param name="KeepAliveSeconds">0 for none.</param>
/// <param name="Will">The last will; null for none.</param>
internal sealed record ConnectPacket(string ClientId, string UserName, int KeepAliveSeconds, LastWill? Will)
{
    private const byte Level311 = 4, WillFlag = 0x04, WillRetain = 0x20, PasswordFlag = 0x40, UserNameFlag = 0x80, Reserved = 0x01;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="bytes">Begins with a whole packet; what follows is left alone.</param>
    /// <param name="packet">Null unless it may pass.</param>
    public static PacketVerdict Read(ReadOnlySequence<byte> bytes, out ConnectPacket? packet)
    {
        packet = null;
        var reader = new SequenceReader<byte>(bytes);
        reader.Advance(1);
        while (reader.TryRead(out var length) && length >= 0x80)
        {
        }

        if (!TryReadText(ref reader, out var protocol) || protocol is not ("MQTT" or "MQIsdp") || !reader.TryRead(out var level))
        {
            return PacketVerdict.BadConnect;
        }

        return protocol == "MQTT" && level == Level311 ? ReadRest(ref reader, out packet) : PacketVerdict.UnsupportedLevel;
    }

    private static PacketVerdict ReadRest(ref SequenceReader<byte> reader, out ConnectPacket? packet)
    {
        packet = null;
        if (!reader.TryRead(out var flags) || (flags & Reserved) != 0 || !reader.TryReadBigEndian(out short keepAlive) || !TryReadText(ref reader, out var clientId))
        {
            return PacketVerdict.BadConnect;
        }

        LastWill? will = null;
        if ((flags & WillFlag) != 0)
        {
            if (!TryReadText(ref reader, out var topic) || !TrySkip(ref reader))
            {
                return PacketVerdict.BadConnect;
            }

            will = new LastWill(topic, (flags >> 3) & 3, (flags & WillRetain) != 0);
        }

        var userName = "";
        if (((flags & UserNameFlag) != 0 && !TryReadText(ref reader, out userName)) || ((flags & PasswordFlag) != 0 && !TrySkip(ref reader)))
        {
            return PacketVerdict.BadConnect;
        }

        packet = new ConnectPacket(clientId, userName, (ushort)keepAlive, will);
        return clientId.Length == 0 ? PacketVerdict.NoClientId : will is null || will.IsTelemetryOf(clientId) ? PacketVerdict.Pass : PacketVerdict.BadWill;
    }

    private static bool TryReadText(ref SequenceReader<byte> reader, out string text)
    {
        text = "";
        if (!reader.TryReadBigEndian(out short length) || !reader.TryReadExact((ushort)length, out var bytes))
        {
            return false;
        }

        try
        {
            text = Strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool TrySkip(ref SequenceReader<byte> reader) => reader.TryReadBigEndian(out short length) && reader.TryReadExact((ushort)length, out _);
}
