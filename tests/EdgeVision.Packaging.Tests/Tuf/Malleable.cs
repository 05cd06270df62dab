using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;

namespace EdgeVision.Packaging.Tests;

/// <summary>From every ECDSA signature (r, s) anybody can make (r, n - s), which verifies too.</summary>
internal static class Malleable
{
    private static readonly BigInteger Order = BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <param name="signature">DER in hex.</param>
    public static string Twin(string signature)
    {
        var sequence = new AsnReader(Convert.FromHexString(signature), AsnEncodingRules.DER).ReadSequence();
        var (r, s) = (sequence.ReadInteger(), sequence.ReadInteger());
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(Order - s);
        }

        return Convert.ToHexStringLower(writer.Encode());
    }
}
