using System.Net;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>serve</c></summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        await using var server = await CloudServer.StartAsync(new ServeOptions
        {
            Data = arguments.Data,
            MqttPort = (int)arguments.Number("--mqtt-port", HubAddress.Default.MqttPort, 0, 65535),
            HttpsPort = (int)arguments.Number("--https-port", HubAddress.Default.HttpsPort, 0, 65535),
            Listen = Address(arguments.Option("--listen")),
            Host = Name(arguments.Option("--host")),
            Database = arguments.Database,
            ServiceCa = arguments.Option("--service-ca"),
            JsonLogs = arguments.Has("--json-logs"),
        });
        await server.Stopping;
        return 0;
    }

    private static IPAddress Address(string? text) => text is null ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address
        : throw new UsageException($"--listen is an address of this machine, such as 192.168.1.10 or 0.0.0.0, not '{text}'.");

    private static string Name(string? text) => text is null ? HubAddress.Default.Host
        : Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 ? text
        : throw new UsageException($"--host is the name or address that devices use for this machine, not '{text}'.");
}
