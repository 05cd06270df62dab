using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary><c>edgevisiond outbox</c>: what waits on the disk for the hub, whether the daemon runs or not; a daemon that runs is not disturbed.</summary>
internal static class OutboxCommand
{
    private static readonly Option<string> Config = new("--config") { Description = "the configuration", DefaultValueFactory = _ => RunCommand.DefaultConfig };
    private static readonly Option<bool> Json = new("--json") { Description = "a JSON object instead of lines" };

    public static Command Create()
    {
        var command = new Command("outbox", "show what waits for the hub: depth, age, size, drops") { Config, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var report = OutboxReport.Read(Settings.OutboxFile(ConfigurationReader.Read(arguments.GetRequiredValue(Config))));
        if (arguments.GetValue(Json))
        {
            Console.WriteLine(JsonSerializer.Serialize(report, MessageJson.Default.OutboxReport));
        }
        else
        {
            Print(report);
        }

        return 0;
    }

    private static void Print(OutboxReport report)
    {
        Say($"{report.Path}: {report.Waiting} message(s) wait, {MiB(report.DiskBytes)} MiB on the disk");
        if (report.Oldest is { } oldest)
        {
            Say($"oldest     {oldest:u}, {(TimeProvider.System.GetUtcNow() - oldest).TotalHours:0.0} h ago");
        }

        foreach (var share in report.Priorities)
        {
            Say($"{share.Priority,-10} {share.Messages} message(s), {MiB(share.Bytes)} MiB compressed");
        }

        Say($"given up   {report.Dropped} message(s) since the file was begun");
        if (report.LastReceipt is { } last)
        {
            Say($"last       {last.Count} of priority {last.Priority}, sequence {last.First} to {last.Last}, made {Time(last.From)} to {Time(last.To)} ({last.Cause})");
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static string MiB(long bytes) => (bytes / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("u", CultureInfo.InvariantCulture);
}
