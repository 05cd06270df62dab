using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary>Hash bins: 2^n roles with the same keys, each for the target paths whose sha256 begins with its number.</summary>
/// <param name="BitLength">n, 1 to 32.</param>
/// <param name="NamePrefix">Example: <c>bin</c> with n = 8 gives <c>bin-00</c> to <c>bin-ff</c>.</param>
public sealed record SuccinctRoles(TufRole Role, int BitLength, string NamePrefix)
{
    private const int MaxBits = 32;

    internal static SuccinctRoles Read(MetadataField field)
    {
        var bits = field.Number("bit_length", 1);
        return bits <= MaxBits ? new SuccinctRoles(TufRole.Read(field), (int)bits, field.Text("name_prefix")) : throw field.Problem("bit_length", $"is above {MaxBits}");
    }

    internal DelegatedRole For(string targetPath)
    {
        var hash = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(targetPath)));
        var digits = (BitLength + 3) / 4;
        var bin = (hash >> (MaxBits - BitLength)).ToString("x" + digits, CultureInfo.InvariantCulture);
        return new DelegatedRole($"{NamePrefix}-{bin}", Role, Terminating: true);
    }

    internal JsonObject ToJson()
    {
        var json = Role.ToJson();
        json["bit_length"] = BitLength;
        json["name_prefix"] = NamePrefix;
        return json;
    }
}
