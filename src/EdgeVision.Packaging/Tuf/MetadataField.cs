using System.Globalization;
using System.Text.Json;

namespace EdgeVision.Packaging.Tuf;

/// <summary>A JSON value with the path that errors name it by.</summary>
internal readonly record struct MetadataField(JsonElement Value, string Path)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public MetadataField Required(string name) => Optional(name) ?? throw Problem(name, "is missing");

    /// <summary>Null when the member is not there or null.</summary>
    public MetadataField? Optional(string name)
    {
        if (Value.ValueKind != JsonValueKind.Object)
        {
            throw Problem("", $"is {Value.ValueKind}, not an object");
        }

        return Value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? new MetadataField(member, $"{Path}.{name}") : null;
    }

    public MetadataField Object(string name) => Required(name) is { Value.ValueKind: JsonValueKind.Object } field ? field : throw Problem(name, "is not an object");

    public string Text(string name) => Required(name).AsText();

    public string AsText() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Problem("", "is not a text");

    public long Number(string name, long min) => Required(name).AsNumber(min);

    public long AsNumber(long min) => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out var number) && number >= min
        ? number
        : throw Problem("", $"is not a whole number of at least {min}");

    public bool Flag(string name) => Required(name).Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Problem(name, "is neither true nor false"),
    };

    public DateTimeOffset Time(string name) => DateTimeOffset.TryParseExact(Text(name), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : throw Problem(name, "is not a time; write it like 2030-01-31T00:00:00Z");

    public IEnumerable<MetadataField> Array(string name, int most)
    {
        var field = Required(name);
        if (field.Value.ValueKind != JsonValueKind.Array || field.Value.GetArrayLength() > most)
        {
            throw Problem(name, $"is not a list of at most {most}");
        }

        return field.Value.EnumerateArray().Select((item, index) => new MetadataField(item, $"{field.Path}[{index}]"));
    }

    public Dictionary<string, T> Map<T>(string name, Func<string, MetadataField, T> read)
    {
        var field = Object(name);
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var member in field.Value.EnumerateObject())
        {
            map.Add(member.Name, read(member.Name, new MetadataField(member.Value, $"{field.Path}['{member.Name}']")));
        }

        return map;
    }

    public static string Write(DateTimeOffset time) => time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);

    public TufException Problem(string name, string problem) =>
        new(TufFailure.Format, $"{Path}{(name.Length > 0 ? "." : "")}{name} {problem}. Have the repository's owner sign a corrected file.");
}
