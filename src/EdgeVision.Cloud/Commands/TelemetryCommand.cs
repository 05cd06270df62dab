using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>telemetry</c>: reads the database beside the hub that writes it, so it works whether one runs or not.</summary>
internal static class TelemetryCommand
{
    private const int PageSize = 500;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(150);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var after = arguments.Number("--after", 0, 0, long.MaxValue);
        using var database = HubDatabase.Open(DataDirectory.Open(arguments.Data), arguments.Database);
        var telemetry = new TelemetryStore(database);
        using var output = Console.OpenStandardOutput();
        while (!Output.IsClosed())
        {
            var page = telemetry.Read(arguments.Option("--device"), after, PageSize);
            Print(output, page);
            after = page is [.., var last] ? last.Sequence : after;
            if (page.Count < PageSize)
            {
                if (!arguments.Has("--follow"))
                {
                    break;
                }

                await Task.Delay(PollInterval);
            }
        }

        return 0;
    }

    private static void Print(Stream output, IReadOnlyList<TelemetryMessage> messages)
    {
        foreach (var message in messages)
        {
            // A line in one write: whoever is killed or reads meanwhile sees whole ones.
            using var line = new MemoryStream();
            TelemetryJson.Write(line, message);
            line.WriteByte((byte)'\n');
            output.Write(line.GetBuffer(), 0, (int)line.Length);
        }

        output.Flush();
    }
}
