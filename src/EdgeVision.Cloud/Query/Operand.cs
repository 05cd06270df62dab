using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Query;

/// <summary>What stands on a side of a comparison.</summary>
internal abstract record Operand
{
    /// <returns>False for a property that is not there.</returns>
    public abstract bool TryRead(JsonObject twin, out JsonNode? value);

    public sealed record Literal(JsonNode? Value) : Operand
    {
        public override bool TryRead(JsonObject twin, out JsonNode? value)
        {
            value = Value;
            return true;
        }
    }

    public sealed record Property(IReadOnlyList<string> Path) : Operand
    {
        public override bool TryRead(JsonObject twin, out JsonNode? value)
        {
            value = twin;
            foreach (var name in Path)
            {
                if (value is not JsonObject section || !section.TryGetPropertyValue(name, out value))
                {
                    value = null;
                    return false;
                }
            }

            return true;
        }
    }
}
