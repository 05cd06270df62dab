namespace EdgeVision.Hub.Tests;

/// <summary>How device cam-1 gets into a test's broker.</summary>
internal static class BrokerAccess
{
    public static BrokerOptions To(Mosquitto broker) => new()
    {
        Host = "localhost", Port = broker.Port, Tls = broker.Tls, CaFile = broker.CaFile, User = Mosquitto.User, PasswordFile = broker.PasswordFile, Topics = new BrokerTopics { Device = "cam-1" },
    };
}
