using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary>Commands that came as cloud-to-device messages, so that they reach a device that was offline: the same table as the direct methods.</summary>
/// <remarks>
/// A message with the property <c>command</c> = method name and the arguments as JSON body. Nobody waits for an answer on that way, so it is said in an event
/// <c>command.answered</c>: reason = the status, detail = the answer's first kilobyte.
/// </remarks>
internal sealed partial class CloudCommands(DeviceMethods methods, TelemetryReporter reporter, ILogger<CloudCommands> logger)
{
    private const int MostLetters = 1000;

    private const string Property = "command";

    /// <summary>A message without that property is none of ours: it is said, and done with.</summary>
    public async Task RunAsync(CloudMessage message, CancellationToken cancellationToken)
    {
        if (message.Properties.GetValueOrDefault(Property) is not { Length: > 0 } name)
        {
            Log.NoCommand(logger, message.Id);
            return;
        }

        var result = await methods.CallAsync(name, message.Body, cancellationToken).ConfigureAwait(false);
        var answer = (result.Payload ?? new JsonObject()).ToJsonString();
        Log.Answered(logger, name, result.Status);
        reporter.Event("command.answered", reason: $"{name} {result.Status}", detail: answer.Length > MostLetters ? answer[..MostLetters] + "..." : answer);
    }

    private static partial class Log
    {
        [LoggerMessage(7051, LogLevel.Warning, "message '{Id}' from the cloud has no property 'command' and was passed over")]
        public static partial void NoCommand(ILogger logger, string id);

        [LoggerMessage(7050, LogLevel.Information, "command {Command} from a message: {Status}")]
        public static partial void Answered(ILogger logger, string command, int status);
    }
}
