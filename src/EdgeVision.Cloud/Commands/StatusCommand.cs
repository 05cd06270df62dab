using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>status</c>: how the running hub is; 1 when none runs.</summary>
internal static class StatusCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var hub = await RunningHub.FindAsync(DataDirectory.Open(arguments.Data))
            ?? throw new CloudException($"The hub of {arguments.Data} is not running. Start it with: edgevision-cloud serve --data {arguments.Data}");
        var status = (JsonObject)(await hub.AskAsync(HttpMethod.Get, "status"))!;
        return arguments.Has("--json") ? Output.Json(status) : Print(status);
    }

    private static int Print(JsonObject status)
    {
        Console.Out.WriteLine($"database   {status["database"]}, {status["databaseBytes"]} bytes");
        Console.Out.WriteLine($"devices    {status["devices"]}, {status["enabledDevices"]} enabled, {status["connectedDevices"]} connected");
        Console.Out.WriteLine($"telemetry  newest sequence {status["newestSequence"]}, {status["waitingMessages"]} waiting");
        foreach (var forward in status["forwards"]!.AsArray())
        {
            Console.Out.WriteLine($"forward    {ForwardCommands.Line(forward!)}");
        }

        return 0;
    }
}
