using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary><c>logs {lines, level}</c>: the newest lines of the log, oldest first, without secrets.</summary>
/// <remarks>100 lines unless asked for more, 500 at most; of very long ones fewer, because the hub takes 128 KB.</remarks>
internal static class LogsMethod
{
    private const int MostBytes = 100 * 1024, Default = 100, Most = 500;

    public static DeviceMethod Create(LogRing ring) => new("logs", ["lines", "level"], (arguments, _) =>
    {
        var count = arguments.Value("lines")?.Whole(1, Most) ?? Default;
        var level = Enum.Parse<LogLevel>(arguments.Value("level")?.OneOf("trace", "debug", "information", "warning", "error") ?? "trace", ignoreCase: true);
        return Task.FromResult(new MethodResult(200, new JsonObject { ["lines"] = Fitting(ring.Newest(count, level)) }));
    });

    private static JsonArray Fitting(IReadOnlyList<LogLine> lines)
    {
        var (fitting, bytes) = (new List<JsonNode?>(), 0);
        foreach (var line in lines.Reverse())
        {
            var json = Of(line);
            bytes += System.Text.Encoding.UTF8.GetByteCount(json.ToJsonString());
            if (bytes > MostBytes)
            {
                break;
            }

            fitting.Add(json);
        }

        fitting.Reverse();
        return new JsonArray([.. fitting]);
    }

    private static JsonObject Of(LogLine line) => new()
    {
        ["time"] = line.Time.ToString("o"), ["level"] = line.Level.ToString().ToLowerInvariant(), ["source"] = line.Source, ["text"] = line.Text,
    };
}
