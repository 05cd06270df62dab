using Confluent.Kafka;

namespace EdgeVision.Cloud.Tests;

/// <summary>The broker that librdkafka brings along for tests: a real listener on loopback that speaks Kafka's protocol, inside an idle client.</summary>
internal sealed class KafkaBroker : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly IProducer<Null, byte[]> _host;

    public KafkaBroker()
    {
        var config = new ProducerConfig { BootstrapServers = "127.0.0.1:1" };
        config.Set("test.mock.num.brokers", "1");
        _host = new ProducerBuilder<Null, byte[]>(config).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(_host.Handle).Build();
        var broker = admin.GetMetadata(Patience).Brokers.Single();
        Address = $"{broker.Host}:{broker.Port}";
    }

    public string Address { get; }

    /// <summary>Reads a topic from its beginning until enough is there.</summary>
    public List<ConsumeResult<string, byte[]>> Read(string topic, Func<IReadOnlyList<ConsumeResult<string, byte[]>>, bool> isEnough)
    {
        var config = new ConsumerConfig { BootstrapServers = Address, GroupId = Guid.NewGuid().ToString(), AutoOffsetReset = AutoOffsetReset.Earliest, EnableAutoCommit = false };
        using var consumer = new ConsumerBuilder<string, byte[]>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, Patience).Topics.Single().Partitions;
        consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(topic, partition.PartitionId, Offset.Beginning)));
        var (read, began) = (new List<ConsumeResult<string, byte[]>>(), TimeProvider.System.GetTimestamp());
        while (!isEnough(read))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"only {read.Count} messages came");
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { } message)
            {
                read.Add(message);
            }
        }

        return read;
    }

    public void Dispose() => _host.Dispose();
}
