using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Update;

/// <summary>What an import is to do, beside its files: <c>deployment.json</c>, a deployment whose source is the folder it lies in.</summary>
internal static class ImportOrder
{
    public const string FileName = "deployment.json";
    private const int MaxBytes = 4096;

    // One reader reads all deployments, and it wants an address; the folder's own takes its place.
    private const string NoAddress = "https://import.invalid/";

    public static byte[] ToBytes(string deploymentId, ImportChoice choice, long manifestSize) => System.Text.Encoding.UTF8.GetBytes(new JsonObject
    {
        ["deploymentId"] = deploymentId, ["action"] = "apply", ["model"] = choice.Model, ["version"] = choice.Version,
        ["manifestSha256"] = choice.Sha256, ["manifestSize"] = manifestSize, ["source"] = NoAddress,
    }.ToJsonString());

    /// <summary>With its scheme, because the address is kept as text and a path alone would come back as a relative one.</summary>
    private static Uri AddressOf(string folder) => new UriBuilder(Uri.UriSchemeFile, "") { Path = folder + "/" }.Uri;

    /// <returns>Null where the folder holds no order, or a damaged one.</returns>
    public static ModelDeployment? TryRead(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > MaxBytes)
            {
                return null;
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return ModelDeployment.TryParse(document.RootElement, out _) is { } order ? order with { Source = AddressOf(folder) } : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
