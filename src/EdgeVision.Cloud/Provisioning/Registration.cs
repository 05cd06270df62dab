using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVision.Cloud.Provisioning;

/// <summary>A device that has provisioned itself.</summary>
/// <param name="Id">Registration id in lower case.</param>
/// <param name="EnrollmentId">By which enrollment it came.</param>
/// <param name="DeviceId">Its name at the hub.</param>
/// <param name="Created">The first time.</param>
/// <param name="Updated">The last time.</param>
/// <param name="ETag">Changes each time.</param>
internal sealed record Registration(string Id, string EnrollmentId, string DeviceId, DateTimeOffset Created, DateTimeOffset Updated, string ETag)
{
    /// <summary>Names the last run; only the device itself asks for it, so it needs not be secret.</summary>
    public string OperationId => $"5.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Id)))[..16]}.{ETag}";

    public JsonObject ToJson(string hub, string registrationId) => new()
    {
        ["operationId"] = OperationId,
        ["status"] = "assigned",
        ["registrationState"] = new JsonObject
        {
            ["registrationId"] = registrationId,
            ["createdDateTimeUtc"] = Created.ToString("O", CultureInfo.InvariantCulture),
            ["assignedHub"] = hub,
            ["deviceId"] = DeviceId,
            ["status"] = "assigned",
            ["substatus"] = "initialAssignment",
            ["lastUpdatedDateTimeUtc"] = Updated.ToString("O", CultureInfo.InvariantCulture),
            ["etag"] = ETag,
        },
    };
}
