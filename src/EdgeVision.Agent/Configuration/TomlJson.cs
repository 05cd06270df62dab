using System.Text.Json.Nodes;
using Tomlyn.Syntax;

namespace EdgeVision.Agent;

/// <summary>Values of the file in the form the hub's come in, so that both are read by the same rules.</summary>
internal static class TomlJson
{
    /// <returns>Null for dates, which no key wants.</returns>
    public static JsonNode? Of(ValueSyntax? value) => value switch
    {
        StringValueSyntax text => JsonValue.Create(text.Value),
        BooleanValueSyntax flag => JsonValue.Create(flag.Value),
        IntegerValueSyntax whole => JsonValue.Create(whole.Value),
        FloatValueSyntax real => JsonValue.Create(real.Value),
        ArraySyntax array => new JsonArray([.. array.Items.Select(item => Of(item.Value))]),
        InlineTableSyntax table => Of(table),
        _ => null,
    };

    private static JsonObject Of(InlineTableSyntax table)
    {
        var json = new JsonObject();
        foreach (var item in table.Items)
        {
            json[item.KeyValue!.Key!.ToString().Trim()] = Of(item.KeyValue.Value);
        }

        return json;
    }
}
