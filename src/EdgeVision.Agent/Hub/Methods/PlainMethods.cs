using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary><c>ping</c>, <c>status</c> and <c>reload</c>: the methods that only ask somebody.</summary>
internal static class PlainMethods
{
    public static DeviceMethod Ping(TimeProvider time) => new("ping", [], (_, _) =>
        Task.FromResult(new MethodResult(200, new JsonObject { ["pong"] = true, ["time"] = time.GetUtcNow().ToString("o") })));

    /// <summary>Everything the live page shows.</summary>
    public static DeviceMethod Status(DeviceView view) => new("status", [], (_, _) =>
        Task.FromResult(new MethodResult(200, JsonSerializer.SerializeToNode(view.Now(), MessageJson.Default.DeviceStatus))));

    /// <summary>Reads <c>edgevision.toml</c> again, as SIGHUP does: the hash of what is in effect, or the faults.</summary>
    public static DeviceMethod Reload(LiveConfiguration configuration) => new("reload", [], async (_, _) =>
        await configuration.ReloadAsync().ConfigureAwait(false) is { } faults
            ? MethodResult.Error(400, LogSecrets.Remove(faults))
            : new MethodResult(200, new JsonObject { ["configHash"] = configuration.Current.Hash }));
}
