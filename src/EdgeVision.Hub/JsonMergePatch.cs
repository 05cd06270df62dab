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
}
