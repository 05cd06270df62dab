using System.Text;

namespace EdgeVision.Hub.Tests;

public sealed class CloudMessageTests : IDisposable
{
    private const string Prefix = "devices/cam-1/messages/devicebound/%24.to=%2Fdevices%2Fcam-1%2Fmessages%2FdeviceBound&";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private readonly TemporaryDirectory _folder = new();
    private readonly TestAuthority _authority;
    private readonly StandInHub _hub;
    private readonly List<CloudMessage> _seen = [];

    public CloudMessageTests()
    {
        _authority = new TestAuthority(_folder.Path);
        _hub = new StandInHub(_authority);
    }

    public void Dispose()
    {
        _hub.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task OnCloudMessage_Arrives_WithItsPropertiesAndIsCompletedOnlyWhenDealtWith()
    {
        var dealtWith = new TaskCompletionSource();
        using var client = Start(message =>
        {
            Add(message);
            return dealtWith.Task;
        });

        var id = await _hub.Last.PublishAsync(Prefix + "%24.mid=m1&%24.cid=c1&%24.exp=2030-01-01T00%3A00%3A00Z&colour=r%C3%B6t&flag", "hello"u8.ToArray());

        Eventually.True(() => Seen() == 1, Soon);
        var message = _seen[0];
        Assert.Equal(("m1", "c1", "röt", "hello"), (message.Id, message.CorrelationId, message.Properties["colour"], Encoding.UTF8.GetString(message.Body)));
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), message.ExpiresUtc);
        Assert.Equal(["colour", "flag"], message.Properties.Keys);
        Assert.Empty(_hub.Last.Acknowledged);
        // while a handler works, the device goes on hearing and saying other things
        client.Client.Send(new TelemetryMessage("t1", "test", TelemetryPriority.Event, DateTimeOffset.UnixEpoch, "{}"u8.ToArray()));
        client.Wait(status => status.Sent == 1);

        dealtWith.SetResult();
        Eventually.True(() => _hub.Last.Acknowledged.Contains(id), Soon);
    }

    [Fact]
    public async Task OnCloudMessage_HandlerThrows_StaysAtTheHubAndTheNextIsDealtWith()
    {
        using var client = Start(message => message.Id == "bad" ? throw new InvalidOperationException("broken") : Task.CompletedTask);

        var bad = await _hub.Last.PublishAsync(Prefix + "%24.mid=bad", []);
        var good = await _hub.Last.PublishAsync(Prefix + "%24.mid=good", []);

        Eventually.True(() => _hub.Last.Acknowledged.Contains(good), Soon);
        Assert.DoesNotContain(bad, _hub.Last.Acknowledged);
        Assert.Equal(HubState.Connected, client.Status.State);
    }

    [Fact]
    public async Task OnCloudMessage_ComesAgainOnTheNextConnection_IsCompletedAndNotShownTwice()
    {
        using var client = Start(message =>
        {
            Add(message);
            return Task.CompletedTask;
        });
        await _hub.Last.PublishAsync(Prefix + "%24.mid=once", []);
        Eventually.True(() => Seen() == 1, Soon);

        _hub.Last.Close();
        Eventually.True(() => _hub.Connections.Count == 2 && _hub.Last.Subscriptions.Count == 4, Soon);
        var again = await _hub.Last.PublishAsync(Prefix + "%24.mid=once", []);
        var nameless = await _hub.Last.PublishAsync(Prefix, []);
        var namelessToo = await _hub.Last.PublishAsync(Prefix, []);

        Eventually.True(() => _hub.Last.Acknowledged.Count == 3, Soon);
        Assert.Equal([again, nameless, namelessToo], _hub.Last.Acknowledged);
        Assert.Equal(3, Seen());
    }

    [Fact]
    public void Run_NobodyTakesMessages_TheyAreNotSubscribedTo()
    {
        using var client = new RunningClient(Options());

        Eventually.True(() => !_hub.Connections.IsEmpty && _hub.Last.Subscriptions.Count == 3, Soon);
        Assert.DoesNotContain(_hub.Last.Subscriptions, filter => filter.Contains("devicebound", StringComparison.Ordinal));
    }

    private RunningClient Start(Func<CloudMessage, Task> handler)
    {
        var client = new RunningClient(Options(), client => client.OnCloudMessage = (message, _) => handler(message));
        Eventually.True(() => !_hub.Connections.IsEmpty && _hub.Last.Subscriptions.Contains("devices/cam-1/messages/devicebound/#"), Soon);
        return client;
    }

    private void Add(CloudMessage message)
    {
        lock (_seen)
        {
            _seen.Add(message);
        }
    }

    private int Seen()
    {
        lock (_seen)
        {
            return _seen.Count;
        }
    }

    private HubOptions Options() => new()
    {
        ConnectionString = HubConnectionString.Parse($"HostName=localhost:{_hub.Port};DeviceId=cam-1;SharedAccessKey=a2V5"), CaFile = _authority.CaFile, Transport = HubTransport.Mqtt,
    };
}
