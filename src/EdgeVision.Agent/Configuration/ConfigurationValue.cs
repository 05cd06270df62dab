using System.Globalization;
using System.Text.Json.Nodes;
using EdgeVision.Hub;
using EdgeVision.Imaging;

namespace EdgeVision.Agent;

/// <summary>One value, of the file or of the hub's wishes, read as what its key wants; whatever does not fit is said with its place and key.</summary>
/// <param name="place">What errors begin with: <c>edgevision.toml:12: camera.stall_seconds</c> or <c>config.cameras.north.stallSeconds</c>.</param>
/// <param name="value">Null where the file holds something that no key wants, a date for example.</param>
/// <param name="file">The file that relative paths count from; null for a value from afar.</param>
internal sealed class ConfigurationValue(string place, JsonNode? value, string? file = null)
{
    private const int MostPolygons = 16, MostCorners = 32;

    /// <summary>Not from afar.</summary>
    public bool IsFile => file is not null;

    public string Text() => value is JsonValue text && text.TryGetValue<string>(out var words) && words.Length > 0 ? words : throw Wrong("wants text in quotes");

    /// <param name="problem">What is wrong with a text; null when nothing is.</param>
    public string Checked(Func<string, string?> problem)
    {
        var text = Text();
        return problem(text) is { } what ? throw Wrong(what) : text;
    }

    public bool Flag() => value is JsonValue flag && flag.TryGetValue<bool>(out var on) ? on : throw WrongNot("wants true or false");

    public double Number(double least, double most) => NumberOf(value) is { } number && number >= least && number <= most
        ? number
        : throw WrongNot(string.Create(CultureInfo.InvariantCulture, $"wants a number from {least} to {most}"));

    public int Whole(int least, int most) => value is JsonValue json && json.TryGetValue<long>(out var whole) && whole >= least && whole <= most
        ? (int)whole
        : throw WrongNot($"wants a whole number from {least} to {most}");

    public string OneOf(params ReadOnlySpan<string> words)
    {
        var text = Text();
        return words.Contains(text) ? text : throw Wrong($"'{text}' is none of {string.Join(", ", words)}");
    }

    public IReadOnlyList<string> Texts()
    {
        string?[] items = value is JsonArray array ? [.. array.Select(item => item is JsonValue text && text.TryGetValue<string>(out var words) ? words : null)] : [null];
        return items.All(item => item is not null) ? [.. items.Select(item => item!)] : throw Wrong("wants a list of texts, as in [\"a\", \"b\"]");
    }

    /// <summary>Fewer letters than everything a file name or topic could trip over.</summary>
    public string Name()
    {
        var text = Text();
        return IsName(text) ? text : throw Wrong("wants 1 to 64 of a-z A-Z 0-9 . _ -");
    }

    public string DeviceId() => Text() is var text && DeviceIds.IsValid(text) ? text : throw Wrong("wants 1 to 128 of A-Z a-z 0-9 . _ : -");

    public string Host() => Text() is var text && HubEndpoint.TryParse(text) is not null ? text : throw Wrong("wants a host name, with or without :port");

    /// <param name="credentials">The key that names the file with user and password: they do not stand in the configuration.</param>
    public Uri Proxy(string credentials)
    {
        var isProxy = Uri.TryCreate(Text(), UriKind.Absolute, out var proxy) && proxy is { Scheme: "http", PathAndQuery: "/", Host.Length: > 0 };
        return isProxy && proxy!.UserInfo.Length == 0 ? proxy : throw Wrong($"wants http://host:port; user and password go into the file that {credentials} names");
    }

    /// <summary>A path, from the configuration file's folder where it is relative.</summary>
    public string FilePath() => Path.GetFullPath(Text(), Path.GetDirectoryName(Path.GetFullPath(file!))!);

    /// <summary>What a camera looks at. From afar a stream only: who could name files would see what lies on this device.</summary>
    public string Source()
    {
        var text = Text();
        return IsFile || Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "rtsp" or "rtsps" or "http" or "https"
            ? text
            : throw Wrong("wants rtsp://, rtsps://, http:// or https://; files and folders can be set in edgevision.toml only");
    }

    /// <summary>[[x1, y1, x2, y2, x3, y3, ...], ...] in fractions of the picture.</summary>
    public IReadOnlyList<Polygon> Polygons() => value is JsonArray { Count: <= MostPolygons } array
        ? [.. array.Select((item, i) => PolygonOf(item, $"[{i}]"))]
        : throw Wrong($"wants a list of at most {MostPolygons} polygons, as in [[0, 0, 1, 0, 1, 0.2]]");

    /// <summary>{ name = [x1, y1, ...], ... }</summary>
    public IReadOnlyList<Region> Regions() => value is JsonObject { Count: <= MostPolygons } table
        ? [.. table.Where(pair => pair.Value is not null).Select(pair => new Region(IsName(pair.Key) ? pair.Key : throw Wrong($"'{pair.Key}' wants 1 to 64 of a-z A-Z 0-9 . _ -"), PolygonOf(pair.Value, "." + pair.Key)))]
        : throw Wrong($"wants at most {MostPolygons} named polygons, as in {{ crossing = [0, 0, 1, 0, 1, 0.2] }}");

    public static bool IsName(string text) => text.Length is > 0 and <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    private Polygon PolygonOf(JsonNode? item, string which)
    {
        var numbers = item is JsonArray { Count: <= 2 * MostCorners } array ? array.Select(NumberOf).ToArray() : [null];
        if (numbers.Any(number => number is not (>= 0 and <= 1)))
        {
            throw Wrong($"wants at most {MostCorners} corners x, y, x, y, ... from 0 to 1", which);
        }

        return Polygon.TryCreate([.. numbers.Select(number => number!.Value)], out var problem) ?? throw Wrong(problem!, which);
    }

    private static double? NumberOf(JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue<double>(out var real) ? real
        : value.TryGetValue<long>(out var whole) ? whole : null;

    private ConfigurationException Wrong(string what, string which = "") => new($"{place}{which} {what}");

    /// <summary>With the value, where no secret can stand: a text that should have been a number could be anything.</summary>
    private ConfigurationException WrongNot(string wants) => Wrong(value is JsonValue && NumberOf(value) is not null ? $"{wants}, not {value.ToJsonString()}" : wants);
}
