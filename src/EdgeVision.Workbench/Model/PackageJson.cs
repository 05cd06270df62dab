using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Packaging;

namespace EdgeVision.Workbench;

/// <summary>A package as JSON.</summary>
internal static class PackageJson
{
    public static string Of(ModelPackage package) => new JsonObject
    {
        ["model"] = package.Manifest.Model, ["version"] = package.Manifest.Version, ["counter"] = package.Manifest.Counter, ["digest"] = package.Digest,
        ["variants"] = new JsonArray([.. package.Variants.Select(variant => (JsonNode?)variant)]),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
