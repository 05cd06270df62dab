using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>How a twin changes: objects merge, arrays and scalars replace, null removes (RFC 7396).</summary>
/// <remarks>Example: {"a":{"b":1,"c":2}} patched with {"a":{"b":null,"d":3}} is {"a":{"c":2,"d":3}}.</remarks>
public static class JsonMergePatch
{
    /// <param name="target">Changed in place.</param>
    /// <param name="patch">Left as it is.</param>
    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is null)
            {
                target.Remove(key);
            }
            else if (value is JsonObject change)
            {
                if (target[key] is not JsonObject inner)
                {
                    target[key] = inner = [];
                }

                Apply(inner, change);
            }
            else
            {
                target[key] = value.DeepClone();
            }
        }
    }

    /// <summary>The patch that turns one object into another, for the keys the other has: keys it lacks are left alone at the top and removed below.</summary>
    /// <remarks>Example: from {"a":{"b":1,"c":2},"x":1} to {"a":{"c":2,"d":3}} is {"a":{"d":3,"b":null}}; x belongs to somebody else.</remarks>
    public static JsonObject Difference(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        foreach (var (key, value) in to)
        {
            if (value is JsonObject inner && from[key] is JsonObject before)
            {
                var change = Difference(before, inner);
                foreach (var gone in before.Select(pair => pair.Key).Where(name => !inner.ContainsKey(name)))
                {
                    change[gone] = null;
                }

                if (change.Count > 0)
                {
                    patch[key] = change;
                }
            }
            else if (!JsonNode.DeepEquals(from[key], value))
            {
                patch[key] = value?.DeepClone();
            }
        }

        return patch;
    }
}
