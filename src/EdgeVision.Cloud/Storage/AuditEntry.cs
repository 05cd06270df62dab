using System.Globalization;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Storage;

/// <summary>A change that somebody made.</summary>
/// <param name="Sequence">Grows; what a follower has seen.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who: <c>iothubowner</c>, <c>key:NAME</c>, <c>certificate:NAME</c>, <c>local:USER</c> for a command on the directory.</param>
/// <param name="Action">One of <see cref="AuditAction"/>.</param>
/// <param name="Target">Device, key or destination.</param>
/// <param name="Detail">What changed; never a key.</param>
internal sealed record AuditEntry(long Sequence, DateTimeOffset At, string Actor, string Action, string Target, JsonObject Detail)
{
    public JsonObject ToJson() => new()
    {
        ["sequence"] = Sequence,
        ["time"] = At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["actor"] = Actor,
        ["action"] = Action,
        ["target"] = Target,
        ["detail"] = Detail.DeepClone(),
    };
}
