using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Mqtt;

/// <summary>Calls a method on a device and waits for its answer. A call does not wait for a device that is away: it would act on a moment that has passed.</summary>
internal sealed class MethodDesk(DeviceConnections connections, TimeProvider time)
{
    public const int MaxBytes = 128 * 1024;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:*-");
    private readonly ConcurrentDictionary<string, Call> _pending = new(StringComparer.Ordinal);
    private long _calls;

    private sealed record Call(string DeviceId, TaskCompletionSource<MethodAnswer> Answer);

    /// <summary>What can stand in a topic: 1 to 100 of A-Z a-z 0-9 . _ : * -</summary>
    public static bool IsValidName(string name) => name.Length is > 0 and <= 100 && !name.AsSpan().ContainsAnyExcept(Letters);

    /// <param name="deviceId">Who.</param>
    /// <param name="method">A valid name.</param>
    /// <param name="payload">JSON in UTF-8, or empty.</param>
    /// <param name="connectTimeout">How long to wait for the device to come.</param>
    /// <param name="responseTimeout">How long to wait for its answer.</param>
    /// <param name="cancellation">The caller has gone.</param>
    public async Task<MethodAnswer> InvokeAsync(string deviceId, string method, byte[] payload, TimeSpan connectTimeout, TimeSpan responseTimeout, CancellationToken cancellation)
    {
        if (!await WaitForDeviceAsync(deviceId, connectTimeout, cancellation))
        {
            return new MethodAnswer(MethodFailure.NotOnline, 0, null);
        }

        var requestId = Interlocked.Increment(ref _calls).ToString("x", CultureInfo.InvariantCulture);
        var call = new Call(deviceId, new TaskCompletionSource<MethodAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        _pending[requestId] = call;
        try
        {
            return await connections.SendAsync(deviceId, HubTopic.MethodFilter, HubTopic.MethodRequest(method, requestId), payload)
                ? await call.Answer.Task.WaitAsync(responseTimeout, time, cancellation)
                : new MethodAnswer(MethodFailure.NotOnline, 0, null);
        }
        catch (TimeoutException)
        {
            return new MethodAnswer(MethodFailure.NoReply, 0, null);
        }
        finally
        {
            _pending.TryRemove(requestId, out _);
        }
    }

    /// <summary>Takes an answer; one that nobody waits for, or of another device than was asked, is dropped.</summary>
    public void Answer(string deviceId, string requestId, int status, byte[] payload)
    {
        if (!_pending.TryGetValue(requestId, out var call) || call.DeviceId != deviceId)
        {
            return;
        }

        JsonNode? json = null;
        var isGood = payload.Length <= MaxBytes && (payload.Length == 0 || JsonText.TryParse(payload, out json));
        call.Answer.TrySetResult(new MethodAnswer(isGood ? MethodFailure.None : MethodFailure.BadReply, status, json));
    }

    private async Task<bool> WaitForDeviceAsync(string deviceId, TimeSpan patience, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (!await connections.IsListeningAsync(deviceId, HubTopic.MethodFilter))
        {
            if (time.GetElapsedTime(started) >= patience)
            {
                return false;
            }

            await Task.Delay(PollInterval, time, cancellation);
        }

        return true;
    }
}
