using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary><c>selftest</c>: what <c>edgevisiond check</c> looks at, on a device that works.</summary>
/// <remarks>Cameras and model are judged by how they run, because a camera that is opened twice may throw the first viewer out and a model loaded twice may not fit.</remarks>
internal static class SelftestMethod
{
    public static DeviceMethod Create(LiveConfiguration configuration, DeviceView view, TimeProvider time) => new("selftest", [], async (_, cancellationToken) =>
    {
        var results = await DeviceChecks.AllAsync(configuration.Current, time, cancellationToken, view.Now()).ConfigureAwait(false);
        return new MethodResult(200, new JsonObject
        {
            ["passed"] = results.All(result => result.State != CheckResult.FailedState),
            ["checks"] = JsonSerializer.SerializeToNode(results, MessageJson.Default.IReadOnlyListCheckResult),
        });
    });
}
