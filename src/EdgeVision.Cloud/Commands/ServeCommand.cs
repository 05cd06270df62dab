using System.Net;
using EdgeVision.Cloud.Limits;

namespace EdgeVision.Cloud.Commands;

/// <summary><c>serve</c></summary>
internal static class ServeCommand
{
    public const string Options =
        "--mqtt-port PORT --https-port PORT --extra-https-port PORT --listen ADDRESS --host NAME --blob-storage CONNECTION --max-unauthenticated COUNT --ignore-unknown-topics "
        + "--tier F1|B1|S1|S2|S3 --units COUNT --test-faults --service-ca FILE --json-logs";

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
            ExtraHttpsPort = arguments.Has("--extra-https-port") ? (int)arguments.Number("--extra-https-port", 443, 0, 65535) : null,
            BlobStorage = arguments.Option("--blob-storage"),
            MaxStrangers = (int)arguments.Number("--max-unauthenticated", new ServeOptions { Data = "" }.MaxStrangers, 1, 1_000_000),
            IgnoreUnknownTopics = arguments.Has("--ignore-unknown-topics"),
            Tier = Tier(arguments.Option("--tier"), (int)arguments.Number("--units", 1, 1, 200)),
            HasTestFaults = arguments.Has("--test-faults"),
        }, TimeProvider.System);
        await server.Stopping;
        return 0;
    }

    private static TierLimits? Tier(string? text, int units) => text is null ? null : TierLimits.Of(text, units) ?? throw new UsageException($"--tier is F1, B1, S1, S2 or S3, not '{text}'.");

    private static IPAddress Address(string? text) => text is null ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address
        : throw new UsageException($"--listen is an address of this machine, such as 192.168.1.10 or 0.0.0.0, not '{text}'.");

    private static string Name(string? text) => text is null ? HubAddress.Default.Host
        : Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 ? text
        : throw new UsageException($"--host is the name or address that devices use for this machine, not '{text}'.");
}
