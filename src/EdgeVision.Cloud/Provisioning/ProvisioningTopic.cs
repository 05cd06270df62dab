using System.Globalization;
using EdgeVision.Hub;

namespace EdgeVision.Cloud.Provisioning;

/// <summary>The topics of the provisioning service.</summary>
/// <remarks>Source: learn.microsoft.com/azure/iot/iot-mqtt-connect-to-iot-dps.</remarks>
/// <param name="IsRegister">Register, or ask how that stands.</param>
/// <param name="RequestId">Ties an answer to its question; opaque.</param>
/// <param name="OperationId">What is asked for; empty for register.</param>
internal sealed record ProvisioningTopic(bool IsRegister, string RequestId, string OperationId)
{
    public const string ResponseFilter = "$dps/registrations/res/#";
    private const string Register = "$dps/registrations/PUT/iotdps-register/", Status = "$dps/registrations/GET/iotdps-get-operationstatus/";

    /// <returns>Null for any other topic.</returns>
    public static ProvisioningTopic? Parse(string topic)
    {
        var isRegister = topic.StartsWith(Register, StringComparison.Ordinal);
        if (!isRegister && !topic.StartsWith(Status, StringComparison.Ordinal))
        {
            return null;
        }

        var bag = PropertyBag.Decode(topic[(isRegister ? Register : Status).Length..]);
        return new ProvisioningTopic(isRegister, bag.GetValueOrDefault("$rid") ?? "", bag.GetValueOrDefault("operationId") ?? "");
    }

    /// <param name="status">HTTP's.</param>
    /// <param name="retryAfter">When to ask again; null where there is nothing to ask.</param>
    public string Answer(int status, TimeSpan? retryAfter = null)
    {
        var topic = string.Create(CultureInfo.InvariantCulture, $"$dps/registrations/res/{status}/?$rid={Uri.EscapeDataString(RequestId)}");
        return retryAfter is { } wait ? string.Create(CultureInfo.InvariantCulture, $"{topic}&retry-after={(int)wait.TotalSeconds}") : topic;
    }
}
