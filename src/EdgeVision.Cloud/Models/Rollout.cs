using System.Globalization;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Models;

/// <summary>The order to a device to run a release, as it stands in its desired properties.</summary>
internal static class Rollout
{
    /// <param name="release">What to run.</param>
    /// <param name="number">Of this rollout; makes the id fresh, because a device does not repeat a deployment that it has finished.</param>
    /// <param name="now">For people who read the id.</param>
    /// <param name="source">Address of the repository.</param>
    public static JsonObject Patch(Release release, long number, DateTimeOffset now, string source) => new()
    {
        ["modelUpdate"] = new JsonObject
        {
            ["deploymentId"] = string.Create(CultureInfo.InvariantCulture, $"d-{now:yyyyMMdd'T'HHmmss'Z'}-{number}"),
            ["action"] = "apply",
            ["model"] = release.Model,
            ["version"] = release.Version,
            ["manifestSha256"] = release.ManifestSha256,
            ["manifestSize"] = release.ManifestSize,
            ["source"] = source,
        },
    };
}
