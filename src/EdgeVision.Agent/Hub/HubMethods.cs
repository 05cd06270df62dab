using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVision.Hub;

namespace EdgeVision.Agent;

/// <summary>The direct methods of the device. Each can be called twice without harm.</summary>
internal static class HubMethods
{
    public static void Register(ICloudLink hub, DeviceView view, TimeProvider time)
    {
        hub.OnMethod("ping", (_, _) => Task.FromResult(new MethodResult(200, new JsonObject { ["pong"] = true, ["time"] = time.GetUtcNow().ToString("o") })));
        hub.OnMethod("status", (_, _) => Task.FromResult(new MethodResult(200, JsonSerializer.SerializeToNode(view.Now(), MessageJson.Default.DeviceStatus))));
    }
}
