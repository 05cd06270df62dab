using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace EdgeVision.Hub;

/// <summary>What is said about the twin while one connection lasts: its document read first, changes taken, and reported what the hub does not know.</summary>
/// <remarks>
/// Reports that come within a fifth of a second go as one patch. An answer that is lost is asked for again; a hub that is throttling (429) or broken (5xx) is given time;
/// what it refuses is said once and not sent again.
/// </remarks>
internal sealed partial class TwinTalk(HubSession session, TwinMirror twin, TimeProvider time, ILogger logger)
{
    private const int Tries = 3;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(200), Patience = TimeSpan.FromSeconds(10), LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>The whole desired section, when it was read and after each change.</summary>
    public required Action<JsonObject> DesiredChanged { get; init; }

    /// <summary>Reads the document first, and again when a change was lost; then reports whatever the hub does not know.</summary>
    public async Task<HubFailure> RunAsync(CancellationToken ending)
    {
        while (true)
        {
            if (!twin.IsLoaded)
            {
                DesiredChanged(twin.Load(await ReadAsync(ending).ConfigureAwait(false)));
            }

            while (twin.Outstanding() is { } patch)
            {
                await ReportAsync(patch, ending).ConfigureAwait(false);
            }

            await twin.ChangedAsync(ending).ConfigureAwait(false);
            await Task.Delay(Gather, time, ending).ConfigureAwait(false);
        }
    }

    /// <summary>A change that the hub told.</summary>
    public void Desired(byte[] payload)
    {
        if (Parse(payload) is not { } patch)
        {
            Log.NotJson(logger);
        }
        else if (twin.Patch(patch) is { } desired)
        {
            DesiredChanged(desired);
        }
    }

    private async Task<JsonObject> ReadAsync(CancellationToken ending)
    {
        var answer = await AskAsync(HubTopic.TwinGet, [], ending).ConfigureAwait(false);
        return answer.Topic.Status == 200 && Parse(answer.Payload) is { } document
            ? document
            : throw new HubException($"the hub answered the request for the twin with status {answer.Topic.Status}");
    }

    private async Task ReportAsync(JsonObject patch, CancellationToken ending)
    {
        var answer = await AskAsync(HubTopic.TwinReport, Encoding.UTF8.GetBytes(patch.ToJsonString()), ending).ConfigureAwait(false);
        if (answer.Topic.Status is 200 or 204)
        {
            twin.Known(patch);
        }
        else
        {
            twin.Refused();
            Log.Refused(logger, answer.Topic.Status, Encoding.UTF8.GetString(answer.Payload));
        }
    }

    /// <returns>An answer that will not change by asking again.</returns>
    private async Task<HubInbound> AskAsync(Func<string, string> topic, byte[] payload, CancellationToken ending)
    {
        for (var (lost, pause) = (0, TimeSpan.FromSeconds(1)); ;)
        {
            try
            {
                var answer = await session.AskAsync(topic, payload, Patience, ending).ConfigureAwait(false);
                if (answer.Topic.Status is not 429 and < 500)
                {
                    return answer;
                }

                Log.Busy(logger, answer.Topic.Status, pause.TotalSeconds);
                await Task.Delay(pause, time, ending).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (TimeoutException) when (++lost < Tries)
            {
                Log.AnswerLost(logger, lost);
            }
        }
    }

    private static JsonObject? Parse(byte[] payload)
    {
        try
        {
            return JsonNode.Parse(payload) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Warning, "hub: a change of the desired properties is not a JSON object and was ignored")]
        public static partial void NotJson(ILogger logger);

        [LoggerMessage(3014, LogLevel.Warning, "hub: reported properties were refused with status {Status}: {Reason}")]
        public static partial void Refused(ILogger logger, int status, string reason);

        [LoggerMessage(3015, LogLevel.Warning, "hub: answered a twin request with status {Status}, asking again in {Seconds:0} s")]
        public static partial void Busy(ILogger logger, int status, double seconds);

        [LoggerMessage(3016, LogLevel.Information, "hub: the answer to a twin request did not come ({Lost}), asking again")]
        public static partial void AnswerLost(ILogger logger, int lost);
    }
}
