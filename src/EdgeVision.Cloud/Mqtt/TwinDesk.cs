using System.Text;
using System.Text.Json.Nodes;
using EdgeVision.Cloud.Storage;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>Answers devices about their twin and tells them of changes.</summary>
/// <remarks>
/// One at a time, from reading the store to handing over the message: a device that saw an older document after a newer change would miss that change for ever,
/// because it rightly ignores versions that it already has.
/// </remarks>
internal sealed class TwinDesk(TwinStore twins, DeviceConnections connections, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _order = new(1, 1);

    /// <param name="deviceId">Who asks.</param>
    /// <param name="requestId">Its own.</param>
    /// <param name="refusal">Too much was asked; null for an answer.</param>
    public Task AnswerGetAsync(string deviceId, string requestId, HubError? refusal = null) =>
        InOrderAsync(() => refusal is null ? AnswerAsync(deviceId, requestId, twins.Find(deviceId)) : RefuseAsync(deviceId, requestId, refusal));

    public Task ReportAsync(string deviceId, string requestId, byte[] payload, HubError? refusal = null) => InOrderAsync(() =>
    {
        if (refusal is not null)
        {
            return RefuseAsync(deviceId, requestId, refusal);
        }

        var result = JsonText.TryParseObject(payload) is { } patch
            ? twins.Report(deviceId, patch)
            : new TwinPatchResult(TwinPatchOutcome.BadPatch, 0, "The payload is no JSON object.");
        return AnswerAsync(deviceId, requestId, result);
    });

    /// <summary>Tells a device what it should be, if it is connected here and listens; otherwise it finds out at its next connect.</summary>
    /// <param name="deviceId">Whom.</param>
    /// <param name="desired">What changed, with the section's <c>$version</c>.</param>
    public Task TellAsync(string deviceId, JsonObject desired) =>
        InOrderAsync(() => connections.SendAsync(deviceId, HubTopic.TwinDesiredFilter, HubTopic.TwinDesired((long)desired["$version"]!), Utf8(desired)));

    public void Dispose() => _order.Dispose();

    private Task<bool> AnswerAsync(string deviceId, string requestId, Twin? twin) => twin is null
        ? SendAsync(deviceId, HubTopic.TwinResponse(404, Echo(requestId)), new HubError(404001, "The device was removed.").ToUtf8(time))
        : SendAsync(deviceId, HubTopic.TwinResponse(200, Echo(requestId)), Utf8(twin.Sections()));

    private Task<bool> AnswerAsync(string deviceId, string requestId, TwinPatchResult result) => result.Outcome switch
    {
        TwinPatchOutcome.Applied => SendAsync(deviceId, HubTopic.TwinResponse(204, Echo(requestId), result.Version), []),
        TwinPatchOutcome.TooLarge => SendAsync(deviceId, HubTopic.TwinResponse(413, Echo(requestId)), new HubError(413001, result.Reason).ToUtf8(time)),
        _ => SendAsync(deviceId, HubTopic.TwinResponse(400, Echo(requestId)), new HubError(400004, result.Reason).ToUtf8(time)),
    };

    private Task<bool> RefuseAsync(string deviceId, string requestId, HubError refusal) => SendAsync(deviceId, HubTopic.TwinResponse(429, Echo(requestId)), refusal.ToUtf8(time));

    private Task<bool> SendAsync(string deviceId, string topic, byte[] payload) => connections.SendAsync(deviceId, HubTopic.TwinResponseFilter, topic, payload);

    private async Task<T> InOrderAsync<T>(Func<Task<T>> work)
    {
        await _order.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            _order.Release();
        }
    }

    /// <summary>The device chose it, so it could be anything: encoded it cannot change the topic.</summary>
    private static string Echo(string requestId) => Uri.EscapeDataString(requestId);

    private static byte[] Utf8(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
