using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>When each property of a section was last written, as Azure shows it to services in <c>$metadata</c>: beside the properties, so it counts in no size and no query looks at it.</summary>
/// <remarks>
/// Every property, every object around it and the section itself carry <c>$lastUpdated</c>, in desired sections <c>$lastUpdatedVersion</c> as well; an array is one property.
/// Example: {"a":{"b":1}} written in version 2 is {"$lastUpdated":t,"$lastUpdatedVersion":2,"a":{"$lastUpdated":t,"$lastUpdatedVersion":2,"b":{"$lastUpdated":t,"$lastUpdatedVersion":2}}}.
/// Source: learn.microsoft.com/azure/iot-hub/iot-hub-devguide-device-twins.
/// </remarks>
/// <param name="Json">What is kept; it need not know every property, because a database may be older than it.</param>
/// <param name="Since">When the twin was made, or its database learned to keep this: the time of whatever is not known better.</param>
internal sealed record TwinMetadata(string Json, DateTimeOffset Since)
{
    private const string LastUpdated = "$lastUpdated", LastUpdatedVersion = "$lastUpdatedVersion";

    /// <summary>Of everything in a section.</summary>
    public JsonObject Of(JsonObject section)
    {
        var metadata = (JsonObject)JsonNode.Parse(Json)!;
        Complete(metadata, section, Text(Since));
        return metadata;
    }

    /// <summary>After a change.</summary>
    /// <param name="before">The section as it was; null where the change is the whole new one.</param>
    /// <param name="change">A merge patch.</param>
    /// <param name="now">When.</param>
    /// <param name="version">Of the section after it, where it is shown; null where not.</param>
    public TwinMetadata After(JsonObject? before, JsonObject change, DateTimeOffset now, long? version)
    {
        var metadata = before is null ? [] : Of(before);
        Merge(metadata, change, Text(now), version);
        return this with { Json = metadata.ToJsonString() };
    }

    private static void Complete(JsonObject metadata, JsonObject section, string since)
    {
        metadata.TryAdd(LastUpdated, since);
        foreach (var (key, value) in section)
        {
            if (metadata[key] is not JsonObject inner)
            {
                metadata[key] = inner = [];
            }

            Complete(inner, value as JsonObject ?? [], since);
        }
    }

    private static void Merge(JsonObject metadata, JsonObject change, string now, long? version)
    {
        metadata[LastUpdated] = now;
        if (version is not null)
        {
            metadata[LastUpdatedVersion] = version;
        }

        foreach (var (key, value) in change)
        {
            if (value is null)
            {
                metadata.Remove(key);
                continue;
            }

            // Of an object the properties that the change does not name stay; anything else takes the place of whatever was there.
            if (value is not JsonObject || metadata[key] is not JsonObject inner)
            {
                metadata[key] = inner = [];
            }

            Merge(inner, value as JsonObject ?? [], now, version);
        }
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
