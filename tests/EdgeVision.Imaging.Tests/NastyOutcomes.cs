using System.Text.Json;


namespace EdgeVision.Imaging.Tests;

/// <summary>Where our decoder and Pillow 9.4 disagree about the broken and odd pictures, counted by kind.</summary>
internal static class NastyOutcomes
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(10);

    /// <summary>"what Pillow says -> what we say": how many files. A regression changes a count.</summary>
    public static readonly string[] Expected =
    [
        "1 BMP: Pillow opens, we: no picture", // a header of an OS/2 kind that Skia does not know
        "1 BMP: Pillow refuses, we: opens", // run-length data that Pillow does not decode
        "77 GIF: Pillow opens, we: format not read", // no camera gives GIF
        "1 ICO: Pillow opens, we: format not read",
        "1 PNG: Pillow opens, we: damaged", // a chunk after the picture is broken
        "9 PNG: Pillow says truncated, we: opens", // all rows are there, only the end mark is missing
        "11 TIFF: Pillow opens, we: no picture", // not read
        "20 unknown: Pillow refuses, we: opens", // wrong checksums in chunks the picture does not need
    ];

    public static string[] Compare(string root, JsonElement records)
    {
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var record in records.EnumerateArray())
        {
            var file = Path.Combine(root, record.GetProperty("file").GetString()!);
            if (!File.Exists(file))
            {
                continue;
            }

            var pillow = Pillow(record);
            var ours = Ours(file);
            if ((pillow == "opens") != (ours == "opens"))
            {
                var kind = $"{(record.TryGetProperty("format", out var format) ? format.GetString() : "unknown")}: Pillow {pillow}, we: {ours}";
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            }
        }

        return [.. kinds.Select(kind => $"{kind.Value} {kind.Key}")];
    }

    private static string Pillow(JsonElement record)
    {
        var outcome = record.GetProperty("pillow").GetString()!;
        return outcome == "ok" ? "opens" : outcome.Contains("truncated", StringComparison.OrdinalIgnoreCase) ? "says truncated" : "refuses";
    }

    private static string Ours(string file)
    {
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            ImageCodec.Decode(File.ReadAllBytes(file), Path.GetFileName(file)).Dispose();
            return "opens";
        }
        catch (ImageException e)
        {
            Assert.Contains(Path.GetFileName(file), e.Message, StringComparison.Ordinal);
            return Kind(e.Message);
        }
        finally
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < _longest, $"{file} takes too long");
        }
    }

    private static string Kind(string message) =>
        message.Contains("cut short", StringComparison.Ordinal) ? "cut short"
        : message.Contains("damaged", StringComparison.Ordinal) ? "damaged"
        : message.Contains("at most", StringComparison.Ordinal) ? "too large"
        : message.Contains("which is not read", StringComparison.Ordinal) ? "format not read"
        : "no picture";
}
