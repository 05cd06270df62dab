using System.Formats.Asn1;

namespace EdgeVision.Workbench;

/// <summary>r and s side by side (64 bytes for P-256) to <c>SEQUENCE { INTEGER r, INTEGER s }</c>.</summary>
internal static class DerSignature
{
    public static byte[] Encode(ReadOnlySpan<byte> sideBySide)
    {
        var half = sideBySide.Length / 2;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Shortest(sideBySide[..half]));
            writer.WriteIntegerUnsigned(Shortest(sideBySide[half..]));
        }

        return writer.Encode();
    }

    // DER knows one way to write a number, so leading zeros go.
    private static ReadOnlySpan<byte> Shortest(ReadOnlySpan<byte> number)
    {
        var trimmed = number.TrimStart((byte)0);
        return trimmed.IsEmpty ? number[^1..] : trimmed;
    }
}
