using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Agent;

/// <summary>What is in effect of what can be set from afar, as the hub is told it: the shape of the wishes, every key, credentials taken out.</summary>
internal static class EffectiveConfiguration
{
    /// <summary>The hub takes 32 KB of reported properties, and the update has a share in them.</summary>
    private const int MostBytes = 24 * 1024;

    public static JsonObject Of(AgentOptions options) => new()
    {
        ["cameras"] = new JsonObject(options.Cameras.Select(camera => KeyValuePair.Create(camera.Id, (JsonNode?)Of(camera, ConfigurationKeys.Camera)))),
        ["model"] = Of(options.Model, ConfigurationKeys.Model),
        ["update"] = Of(options.Update, ConfigurationKeys.Update),
        ["telemetry"] = Of(options.Telemetry, ConfigurationKeys.Telemetry),
    };

    /// <summary>Of many cameras with many polygons the polygons are left out, and at the last the cameras: the hub would refuse all of it otherwise.</summary>
    public static JsonObject Brief(AgentOptions options)
    {
        var value = Of(options);
        if (Size(value) > MostBytes)
        {
            value = Of(options with { Cameras = [.. options.Cameras.Select(camera => camera with { Masks = [], Regions = [] })] });
        }

        if (Size(value) > MostBytes)
        {
            value.Remove("cameras");
        }

        return value;
    }

    private static int Size(JsonObject value) => Encoding.UTF8.GetByteCount(value.ToJsonString());

    private static JsonObject Of<T>(T section, ConfigurationKey<T>[] keys)
    {
        var json = new JsonObject();
        foreach (var key in keys)
        {
            if (key.Show?.Invoke(section) is { } value)
            {
                json[key.RemoteName] = value;
            }
        }

        return json;
    }
}
