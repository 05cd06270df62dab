using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>invoke</c></summary>
internal static class InvokeCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        JsonNode? payload = null;
        if (arguments.Operand(2) is { } text && !JsonText.TryParse(Encoding.UTF8.GetBytes(text), out payload))
        {
            throw new CloudException($"'{text}' is no JSON. Text is written with its quotes: '\"on\"'.");
        }

        var body = new JsonObject
        {
            ["methodName"] = arguments[1], ["payload"] = payload, ["responseTimeoutInSeconds"] = arguments.Number("--timeout", 30, 1, 300),
        };
        using var hub = await RunningHub.FindAsync(DataDirectory.Open(arguments.Data))
            ?? throw new CloudException($"The hub of {arguments.Data} is not running, and only a running one can reach a device. Start it with: edgevision-cloud serve --data {arguments.Data}");
        return Output.Json((await hub.AskAsync(HttpMethod.Post, RunningHub.Path("twins", arguments[0]) + "/methods", body))!);
    }
}
