using System.Text.Json.Nodes;

namespace EdgeVision.Packaging.Tuf;

/// <summary>Who may sign for a role, and how many of them must.</summary>
public sealed record TufRole(IReadOnlyList<string> KeyIds, int Threshold)
{
    private const int MaxKeyIds = 256;

    internal static TufRole Read(MetadataField field) =>
        new([.. field.Array("keyids", MaxKeyIds).Select(id => id.AsText())], (int)Math.Min(field.Number("threshold", 1), int.MaxValue));

    internal JsonObject ToJson() => new() { ["keyids"] = TufJson.List(KeyIds), ["threshold"] = Threshold };
}
