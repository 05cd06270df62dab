using System.CommandLine;
using System.Text.Json;

namespace EdgeVision.Agent;

/// <summary><c>edgevisiond check</c>: everything that must be right for a device to be left alone, looked at once; the exit code tells.</summary>
internal static class CheckCommand
{
    private static readonly Option<string> Config = new("--config") { Description = "the configuration", DefaultValueFactory = _ => RunCommand.DefaultConfig };
    private static readonly Option<bool> Json = new("--json") { Description = "a JSON array instead of a table" };

    public static Command Create()
    {
        var command = new Command("check", "look at clock, hub, disk, cameras, provider and model") { Config, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = ConfigurationReader.Read(arguments.GetRequiredValue(Config));
        var results = await DeviceChecks.AllAsync(options, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        if (arguments.GetValue(Json))
        {
            Console.WriteLine(JsonSerializer.Serialize(results, MessageJson.Default.IReadOnlyListCheckResult));
        }
        else
        {
            foreach (var result in results)
            {
                Console.WriteLine($"{result.State,-8} {result.Name,-20} {result.Detail}");
            }
        }

        return results.Any(result => result.State == CheckResult.FailedState) ? 1 : 0;
    }
}
