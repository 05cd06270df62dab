using System.Globalization;
using System.Text.Json;

namespace EdgeVision.Testing;

/// <summary>The device's DTDL model (<c>docs/dtdl/edgevision-device-1.json</c>) and that of its component (<c>edgevision-model-update-1.json</c>) as a judge of what is really sent: what the model does not name is a fault, and so is what is never sent.</summary>
public sealed class DeviceModel
{
    private readonly Dictionary<string, JsonElement> _schemas = [];
    private readonly Dictionary<string, JsonElement> _contents = [];
    private readonly HashSet<string> _seen = [];
    private const string Component = "Component";

    public DeviceModel()
    {
        Documents = [Read("edgevision-device-1.json"), Read("edgevision-model-update-1.json")];
        foreach (var schema in Documents.SelectMany(document => document.GetProperty("schemas").EnumerateArray()))
        {
            _schemas.Add(schema.GetProperty("@id").GetString()!, schema);
        }

        foreach (var content in Document.GetProperty("contents").EnumerateArray())
        {
            var name = content.GetProperty("name").GetString()!;
            _contents.Add(name, content);
            if (KindOf(content) == Component)
            {
                AddComponent(name, Documents.Single(document => document.GetProperty("@id").GetString() == content.GetProperty("schema").GetString()));
            }
        }
    }

    /// <summary>The device's own interface, then those of its components.</summary>
    public IReadOnlyList<JsonElement> Documents { get; }

    public JsonElement Document => Documents[0];

    public IEnumerable<string> Commands => _contents.Where(pair => KindOf(pair.Value) == "Command").Select(pair => pair.Key);

    /// <summary>One message: each of its fields is a telemetry of the model.</summary>
    public IEnumerable<string> Telemetry(JsonElement body) =>
        body.EnumerateObject().SelectMany(field => _contents.TryGetValue(field.Name, out var content) && KindOf(content) == "Telemetry"
            ? Check(field.Name, content.GetProperty("schema"), field.Value)
            : [$"{field.Name} is no telemetry of the model"]);

    /// <summary>The reported section; a writable property stands there as {value, ac, av, ad}.</summary>
    public IEnumerable<string> Reported(JsonElement reported) =>
        reported.EnumerateObject().Where(property => !property.Name.StartsWith('$')).SelectMany(property =>
            _contents.TryGetValue(property.Name, out var content) && KindOf(content) == Component ? InComponent(property)
            : content.ValueKind == JsonValueKind.Undefined || KindOf(content) != "Property" ? [$"{property.Name} is no property of the model"]
            : content.TryGetProperty("writable", out _) ? Acknowledged(property, content)
            : Check(property.Name, content.GetProperty("schema"), property.Value));

    /// <summary>What a command was asked with (<c>request</c>) or answered (<c>response</c>).</summary>
    public IEnumerable<string> Command(string name, string part, JsonElement payload) =>
        _contents.TryGetValue(name, out var content) && content.TryGetProperty(part, out var half) ? Check($"{name}.{part}", half.GetProperty("schema"), payload) : [$"{name} has no {part}"];

    /// <summary>Fields of the model that nothing so far had.</summary>
    public IEnumerable<string> Unseen() => _contents.Where(pair => KindOf(pair.Value) != Component).SelectMany(pair => KindOf(pair.Value) == "Command"
        ? new[] { "request", "response" }.Where(part => pair.Value.TryGetProperty(part, out _)).SelectMany(part => Paths($"{pair.Key}.{part}", pair.Value.GetProperty(part).GetProperty("schema")))
        : Paths(pair.Key, pair.Value.GetProperty("schema"))).Where(path => !_seen.Contains(path));

    public JsonElement Resolve(JsonElement schema) => schema.ValueKind == JsonValueKind.String && _schemas.TryGetValue(schema.GetString()!, out var named) ? named : schema;

    public static string KindOf(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetProperty("@type").GetString()!;

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "dtdl", file))).RootElement;

    /// <summary>As IoT Plug and Play names them on the wire: properties below the component's, commands with an asterisk between.</summary>
    private void AddComponent(string component, JsonElement document)
    {
        foreach (var content in document.GetProperty("contents").EnumerateArray())
        {
            _contents.Add($"{component}{(KindOf(content) == "Command" ? '*' : '.')}{content.GetProperty("name").GetString()}", content);
        }
    }

    private IEnumerable<string> InComponent(JsonProperty component) =>
        component.Value.ValueKind != JsonValueKind.Object || !component.Value.TryGetProperty("__t", out var mark) || mark.GetString() != "c" ? [$"{component.Name} is not marked as a component"]
        : component.Value.EnumerateObject().Where(field => field.Name != "__t").SelectMany(field => _contents.TryGetValue($"{component.Name}.{field.Name}", out var content)
            ? Check($"{component.Name}.{field.Name}", content.GetProperty("schema"), field.Value)
            : [$"{component.Name}.{field.Name} is no property of the component"]);

    private IEnumerable<string> Acknowledged(JsonProperty property, JsonElement content)
    {
        var names = property.Value.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal);
        return names.SequenceEqual(["ac", "ad", "av", "value"]) ? Check(property.Name, content.GetProperty("schema"), property.Value.GetProperty("value")) : [$"{property.Name} is not acknowledged with value, ac, av and ad"];
    }

    private IEnumerable<string> Check(string path, JsonElement reference, JsonElement value)
    {
        _seen.Add(path);
        var schema = Resolve(reference);
        return KindOf(schema) switch
        {
            "Object" => value.ValueKind == JsonValueKind.Object ? Fields(path, schema, value) : Wrong(path, "an object", value),
            "Array" => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().SelectMany(item => Check(path + "[]", schema.GetProperty("elementSchema"), item))] : Wrong(path, "an array", value),
            "Map" => value.ValueKind == JsonValueKind.Object ? [.. value.EnumerateObject().SelectMany(entry => Check(path + "{}", schema.GetProperty("mapValue").GetProperty("schema"), entry.Value))] : Wrong(path, "a map", value),
            "Enum" => schema.GetProperty("enumValues").EnumerateArray().Any(each => each.GetProperty("enumValue").GetString() == value.ToString()) ? [] : Wrong(path, "one of the enum", value),
            var primitive => IsPrimitive(primitive, value) ? [] : Wrong(path, primitive, value),
        };
    }

    private List<string> Fields(string path, JsonElement schema, JsonElement value)
    {
        var fields = schema.GetProperty("fields").EnumerateArray().ToDictionary(field => field.GetProperty("name").GetString()!, field => field.GetProperty("schema"));
        return [.. value.EnumerateObject().SelectMany(field => fields.TryGetValue(field.Name, out var inner) ? Check($"{path}.{field.Name}", inner, field.Value) : [$"{path}.{field.Name} is not in the model"])];
    }

    private IEnumerable<string> Paths(string path, JsonElement reference)
    {
        var schema = Resolve(reference);
        return KindOf(schema) switch
        {
            "Object" => [path, .. schema.GetProperty("fields").EnumerateArray().SelectMany(field => Paths($"{path}.{field.GetProperty("name").GetString()}", field.GetProperty("schema")))],
            "Array" => [path, .. Paths(path + "[]", schema.GetProperty("elementSchema"))],
            "Map" => [path, .. Paths(path + "{}", schema.GetProperty("mapValue").GetProperty("schema"))],
            _ => [path],
        };
    }

    private static bool IsPrimitive(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        "long" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "double" => value.ValueKind == JsonValueKind.Number,
        "dateTime" => value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    private static string[] Wrong(string path, string wanted, JsonElement value) => [$"{path} should be {wanted}, not {value}"];
}
