using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>What the service wants of a twin.</summary>
/// <param name="Tags">Null leaves them.</param>
/// <param name="Desired">Null leaves them.</param>
/// <param name="Replace">Whether the given sections are the whole new ones; otherwise they are merged: objects merge, arrays and scalars replace, null removes.</param>
internal sealed record TwinUpdate(JsonObject? Tags, JsonObject? Desired, bool Replace = false)
{
    /// <returns>What a twin may not hold, as a sentence; null when all is well.</returns>
    public string? Violation() => TwinLimits.Violation(Tags ?? []) ?? TwinLimits.Violation(Desired ?? []);

    public JsonObject Apply(JsonObject section, JsonObject change)
    {
        var result = Replace ? [] : (JsonObject)section.DeepClone();
        Hub.JsonMergePatch.Apply(result, change);
        return result;
    }

    /// <summary>For the audit trail, and for hubs that have to tell a device that is connected to them.</summary>
    public JsonObject ToJson(long desiredVersion)
    {
        var json = new JsonObject();
        if (Tags is not null)
        {
            json["tags"] = Tags.DeepClone();
        }

        if (Desired is not null)
        {
            json["desired"] = Twin.WithVersion(Desired, desiredVersion);
        }

        return json;
    }
}
