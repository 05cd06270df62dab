using System.Globalization;
using System.Text;
using Confluent.Kafka;
using EdgeVision.Cloud.Storage;

namespace EdgeVision.Cloud.Forwarding;

/// <summary>Produces messages to a Kafka topic: key the device's id, value the device's body as it came, headers the properties (system ones behind <c>system.</c>).</summary>
/// <remarks>
/// Idempotent, acks=all, so the broker has each message once and in order per device while one producer lives; the gapless guarantee turns a message that the broker did not take into
/// an error for everything behind it, because a later one must not overtake it. After any error this sender is done for: a new one sends again from the first message that was not confirmed.
/// </remarks>
internal sealed class KafkaSender : ITelemetrySender
{
    private const int PatienceMilliseconds = 15_000;
    private readonly IProducer<string, byte[]> _producer;
    private readonly string _topic;

    /// <exception cref="KafkaException">The settings mean nothing to the client.</exception>
    /// <exception cref="IOException">The file of settings cannot be read.</exception>
    public KafkaSender(DestinationSettings settings)
    {
        _topic = settings.Topic;
        var config = new ProducerConfig(ReadFile(settings.File))
        {
            BootstrapServers = settings.Address,
            ClientId = "edgevision-cloud",
            EnableIdempotence = true,
            EnableGaplessGuarantee = true,
            Acks = Acks.All,
            MessageTimeoutMs = PatienceMilliseconds,
            LingerMs = 5,
        };
        // Silent: what matters comes back with each message.
        _producer = new ProducerBuilder<string, byte[]>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
    }

    public async Task<Delivery> SendAsync(IReadOnlyList<TelemetryMessage> messages, CancellationToken cancellation)
    {
        var reports = messages.Select(message => ProduceAsync(message, cancellation)).ToList();
        for (var taken = 0; taken < reports.Count; taken++)
        {
            if (await reports[taken] is { } failed)
            {
                await Task.WhenAll(reports);
                return new Delivery(taken, failed.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidRecord or ErrorCode.InvalidMsg ? DeliveryFailure.BadMessage : DeliveryFailure.Unavailable, failed.Reason);
            }
        }

        return new Delivery(reports.Count);
    }

    public void Dispose() => _producer.Dispose();

    /// <returns>Null when the broker has it.</returns>
    private async Task<Error?> ProduceAsync(TelemetryMessage message, CancellationToken cancellation)
    {
        try
        {
            await _producer.ProduceAsync(_topic, new Message<string, byte[]> { Key = message.DeviceId, Value = message.Body, Headers = HeadersOf(message), Timestamp = new Timestamp(message.Enqueued) }, cancellation);
            return null;
        }
        catch (KafkaException exception)
        {
            return exception.Error;
        }
    }

    private static Headers HeadersOf(TelemetryMessage message)
    {
        var headers = new Headers { { "system.sequence", Encoding.UTF8.GetBytes(message.Sequence.ToString(CultureInfo.InvariantCulture)) } };
        foreach (var (name, value) in message.SystemProperties)
        {
            headers.Add("system." + name, Encoding.UTF8.GetBytes(value));
        }

        foreach (var (name, value) in message.Properties)
        {
            headers.Add(name, Encoding.UTF8.GetBytes(value));
        }

        return headers;
    }

    /// <summary>librdkafka's own settings, one <c>name=value</c> per line; lines that begin with # are comments.</summary>
    private static Dictionary<string, string> ReadFile(string file) => file.Length == 0
        ? []
        : File.ReadLines(file).Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.Ordinal);
}
