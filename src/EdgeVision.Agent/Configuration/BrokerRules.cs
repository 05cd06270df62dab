namespace EdgeVision.Agent;

/// <summary>What must be there for a broker, and what must go together.</summary>
internal static class BrokerRules
{
    public static IEnumerable<string> Check(AgentOptions options)
    {
        if (options.Broker is not { } broker)
        {
            yield break;
        }

        if (options.Hub is not null)
        {
            yield return "[hub] and [broker] are both there: a device has one way to its cloud, so take one of them out";
        }

        if (broker.Host.Length == 0 || broker.Host.Contains('/', StringComparison.Ordinal))
        {
            yield return broker.Host.Length == 0 ? "broker.host is missing: the broker's name or address" : $"broker.host '{broker.Host}' is more than a name: leave scheme and path out; the port is broker.port";
        }

        if (broker.CertificateFile is null != broker.KeyFile is null)
        {
            yield return "broker.certificate_file and broker.key_file go together: give both or none";
        }

        if (broker.PasswordFile is not null && broker.User is null)
        {
            yield return "broker.password_file is there without broker.user: say whose password it is";
        }

        if (broker.HomeAssistant && !broker.TelemetryTopic.Contains("{type}", StringComparison.Ordinal))
        {
            yield return "broker.home_assistant needs {type} in broker.telemetry_topic: Home Assistant reads intervals, and could not tell them from events";
        }

        foreach (var problem in Settings.TopicsOf(broker, options.Device.Id).Problems())
        {
            yield return $"broker: {problem}";
        }
    }
}
